// What changed: agreements that follow each other, side by side; each thing under them is new, carried on, or not mentioned again.

import { App } from './actions.mjs';
import { isArea, kinds, nodes, place as placeOf, raw } from './data.mjs';
import { el, hidden } from './dom.mjs';
import * as Filters from './filters.mjs';
import { markOf } from './shapes.mjs';
import { change, now } from './state.mjs';
import { collaborates, rowsOfActor, rowsOfThing, table } from './table.mjs';
import { overlap, told } from './time.mjs';
import { byName, counted, name, number, t } from './words.mjs';

export const SIGNS = { '+': 'new', '>': 'carried', o: 'silent', x: 'ended' };
const GLYPHS = { '+': '+', '>': '→', o: '○', x: '✕' };

// The row of agreements chosen, and its things: all of them, those of an area, or those that an actor is in.
export const model = () => {
  Filters.refresh();
  const series = raw.frames.series[now.series] || raw.frames.series[0];
  if (!series) return null;
  const [focus] = now.focus;
  const own =
    focus === undefined
      ? null
      : new Set(
          rowsOfActor(focus)
            .filter(collaborates)
            .map((r) => table.thing[r]),
        );
  const frames = own?.size ? new Set([...own].flatMap((i) => [placeOf(i)[1], i])) : null;
  const wanted = (i) => {
    if (!Filters.node(i)) return false;
    if (focus === undefined) return true;
    return frames
      ? own.has(i)
      : i === focus || placeOf(i).includes(focus) || (raw.frames.above[i] || []).includes(focus);
  };
  const rows = series.things.map((thing, k) => ({ thing, marks: series.marks[k] })).filter((one) => wanted(one.thing));
  const groups = new Map();
  for (const row of rows) {
    const [, area] = placeOf(row.thing);
    const key = area >= 0 ? area : isArea(row.thing) ? row.thing : -1;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  const first = (list) => Math.min(...list.map((row) => [...row.marks].findIndex((m) => m !== ' ')));
  const sorted = [...groups.entries()].sort(
    ([a, x], [b, y]) => first(x) - first(y) || Number(a < 0) - Number(b < 0) || (a >= 0 && b >= 0 ? byName(a, b) : 0),
  );
  for (const [, list] of sorted)
    list.sort(
      (a, b) => kinds[nodes.kind[a.thing]].thing - kinds[nodes.kind[b.thing]].thing || byName(a.thing, b.thing),
    );
  const sums = series.agreements.map((_, k) => {
    const sum = { '+': 0, '>': 0, o: 0, x: 0 };
    for (const row of rows) if (row.marks[k] !== ' ') sum[row.marks[k]] += 1;
    return sum;
  });
  return { agreements: series.agreements, groups: sorted, rows, sums };
};

// Who were in a thing in an agreement's time, as far as both are known.
const inTime = (thing, agreement) => {
  const life = nodes.life[agreement];
  const rows = rowsOfThing(thing).filter(
    (r) => collaborates(r) && (life === undefined || overlap(table.period[r], life)),
  );
  return new Set(rows.map((r) => table.actor[r])).size;
};
const cell = (mark, thing, agreement) => {
  if (mark === ' ') return el('td', {}, hidden(t('changes.absent')));
  const who = mark === '+' || mark === '>' ? inTime(thing, agreement) : 0;
  return el(
    'td',
    { class: `turn turn-${SIGNS[mark]}` },
    el('span', { class: 'turn-sign', 'aria-hidden': 'true', text: GLYPHS[mark] }),
    el('span', { text: t(`changes.${SIGNS[mark]}`) }),
    who ? el('small', { text: counted('noun.actor', who) }) : null,
  );
};
// The agreement's time, where its name does not say it.
const years = (i) => {
  const text = nodes.life[i] === undefined ? '' : told(nodes.life[i]);
  return text && !name(i).includes(text.slice(0, 4)) ? el('small', { text }) : null;
};
const head = (i, sum) =>
  el(
    'th',
    { scope: 'col' },
    el('button', { type: 'button', class: 'name', onclick: () => App.select(i) }, el('span', { text: name(i) })),
    years(i),
    el(
      'span',
      { class: 'sums' },
      Object.keys(SIGNS)
        .filter((mark) => sum[mark])
        .map((mark) =>
          el(
            'span',
            { class: `turn-${SIGNS[mark]}`, title: t(`changes.${SIGNS[mark]}`) },
            el('span', { 'aria-hidden': 'true', text: `${GLYPHS[mark]} ${number(sum[mark])}` }),
            hidden(`${number(sum[mark])} ${t(`changes.${SIGNS[mark]}`)}`),
          ),
        ),
    ),
  );
export const show = (place, tools) => {
  const made = model();
  const options = raw.frames.series.map((one, k) =>
    el('option', {
      value: String(k),
      text: one.agreements.length > 1 ? one.agreements.map(name).join(' → ') : name(one.agreements[0]),
    }),
  );
  const select = el(
    'select',
    { id: 'pick-series', onchange: (event) => change({ series: Number(event.target.value) }) },
    options,
  );
  select.value = String(now.series);
  tools.replaceChildren(el('label', { class: 'sorter' }, el('span', { text: t('changes.series') }), select));
  if (!made?.rows.length) {
    place.replaceChildren();
    return made;
  }
  place.replaceChildren(
    el(
      'table',
      { class: 'list changes' },
      el('caption', { class: 'hidden', text: t('changes.caption') }),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col', text: t('changes.what') }),
          made.agreements.map((i, k) => head(i, made.sums[k])),
        ),
      ),
      made.groups.map(([area, rows]) =>
        el(
          'tbody',
          {},
          area >= 0 && !rows.some((row) => row.thing === area)
            ? el(
                'tr',
                { class: 'group' },
                el('th', { scope: 'rowgroup', colspan: String(made.agreements.length + 1), text: name(area) }),
              )
            : null,
          [...rows]
            .sort((a, b) => Number(b.thing === area) - Number(a.thing === area))
            .map((row) =>
              el(
                'tr',
                { class: row.thing === area ? 'area' : null },
                el(
                  'th',
                  { scope: 'row' },
                  el(
                    'button',
                    { type: 'button', class: 'name', onclick: () => App.select(row.thing) },
                    markOf(row.thing),
                    el('span', { text: name(row.thing) }),
                  ),
                ),
                [...row.marks].map((mark, k) => cell(mark, row.thing, made.agreements[k])),
              ),
            ),
        ),
      ),
    ),
    el('p', { class: 'note', text: t('changes.note') }),
  );
  return made;
};
