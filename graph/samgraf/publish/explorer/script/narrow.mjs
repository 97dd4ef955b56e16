// The matrix where there is no room for one: two lists that unfold, a thing with those in it, a partner with what in.

import { App } from './actions.mjs';
import { button, el } from './dom.mjs';
import { besideText, everybodyText, groupTitle } from './grid.mjs';
import { allRows, model, title } from './matrix.mjs';
import { sign, words } from './roles.mjs';
import { markOf } from './shapes.mjs';
import { change, now } from './state.mjs';
import { between, rowsOfActor, table } from './table.mjs';
import { byName, name, number, t } from './words.mjs';

export const fits = () => matchMedia('(min-width: 681px)').matches;

const line = (i, rows, act) =>
  el(
    'li',
    {},
    el(
      'button',
      { type: 'button', class: 'line', onclick: act },
      sign(rows[0]),
      el('span', { class: 'line-name', text: name(i) }),
      el('small', { 'aria-hidden': 'true', text: words(rows[0]) }),
    ),
  );
const fold = (i, count, items, depth = 0) =>
  el(
    'details',
    { class: `fold-row${depth ? ' part' : ''}`, 'data-node': String(i) },
    el(
      'summary',
      {},
      markOf(i),
      el('span', { class: 'line-name', text: name(i) }),
      el('span', { class: 'count', text: number(count) }),
    ),
    el('ul', {}, items),
    button(t('facts.open'), () => App.select(i), { class: 'link' }),
  );

export const show = (place, tools) => {
  const made = model();
  tools.replaceChildren();
  const shown = new Set(allRows(made).map((row) => row.thing));
  const things = [
    ...made.groups.flatMap((group) => [
      title(group) || group.inside ? el('h3', { text: groupTitle(group, made) }) : null,
      ...group.rows.map((row) => foldThing(row, made)),
    ]),
    made.everybody.length ? line2('everybody', 'unfold', everybodyText(made)) : null,
    made.besides.length ? line2('beside', 'unfold-beside', besideText(made)) : null,
    ...made.beside.map((row) => foldThing(row, made)),
  ];
  const people = made.columns
    .filter((i) => i !== made.self)
    .map((i) => {
      const own = [...new Set(rowsOfActor(i).map((r) => table.thing[r]))].filter((one) => shown.has(one)).sort(byName);
      return fold(
        i,
        made.counts.get(i),
        own.map((thing) => line(thing, between(i, thing), () => App.cell(thing, i))),
      );
    });
  place.replaceChildren(
    el('h2', { text: t('narrow.things') }),
    ...things.filter(Boolean),
    el('h2', { text: t('narrow.people') }),
    ...people,
  );
  return made;
};
const line2 = (key, id, text) =>
  el(
    'p',
    { class: 'cut' },
    text,
    button(t(now[key] ? 'matrix.fold' : 'matrix.unfold'), () => change({ [key]: !now[key] }), { class: 'link', id }),
  );
const foldThing = (row, made) => {
  const actors = [...row.cells.keys()].filter((i) => i !== made.self);
  return fold(
    row.thing,
    row.actors,
    actors.sort(byName).map((i) => line(i, row.cells.get(i), () => App.cell(row.thing, i))),
    row.depth,
  );
};
