// Choose what is shown: agreement, area, how people are in it, kinds, documents, relations. Counts are of what is left.

import { App } from './actions.mjs';
import { claims, count, documents, involvements, kinds, looks, nodes, raw, relations, size } from './data.mjs';
import { $, button, el } from './dom.mjs';
import * as Filters from './filters.mjs';
import { mark } from './shapes.mjs';
import { change, filterKey, now } from './state.mjs';
import { all, table } from './table.mjs';
import { byName, label, name, number, t, upper } from './words.mjs';

const toggle = (set, items, on) => {
  const next = new Set(set);
  for (const one of items)
    if (on) next.delete(one);
    else next.add(one);
  return next;
};
/** @param {Record<string, any>} options */
const row = ({ id, sign = null, text, n, checked, onchange, only }) =>
  el(
    'div',
    { class: 'legend-row' },
    el(
      'label',
      {},
      el('input', { type: 'checkbox', id, checked, onchange }),
      sign,
      el('span', { class: checked ? null : 'off', text }),
      n === undefined ? null : el('span', { class: 'count', text: number(n) }),
    ),
    only ? button(t('filters.only'), only, { class: 'only', 'aria-label': `${t('filters.only')} ${text}` }) : null,
  );
// A list of check boxes over a set of hidden numbers.
const boxes = (key, list, counts, title, sign = (_) => null) =>
  list.map((k) =>
    row({
      id: `${key}-${k}`,
      sign: sign(k),
      text: title(k),
      n: counts[k] || 0,
      checked: !now[key].has(k),
      onchange: (event) => change({ [key]: toggle(now[key], [k], event.target.checked) }),
      only: () => change({ [key]: new Set(list.filter((other) => other !== k)) }),
    }),
  );
const tally = (length, values) => {
  const counts = new Int32Array(length);
  for (const k of values) if (k >= 0) counts[k] += 1;
  return counts;
};
const shownClaims = () => Array.from({ length: count }, (_, c) => c).filter(Filters.claim);
const shownNodes = () => Array.from({ length: size }, (_, i) => i).filter(Filters.node);

const choice = (id, key, items) => {
  if (!items.length) return null;
  const select = el(
    'select',
    { id, onchange: (event) => change({ [key]: Number(event.target.value) }) },
    el('option', { value: '-1', text: t('filters.all') }),
    items.map((i) => el('option', { value: String(i), text: name(i) })),
  );
  select.value = String(now[key]);
  return el('div', { class: 'field' }, el('label', { for: id, text: t(`filters.${key}`) }), select);
};
// Agreements: those that follow each other first, the rest by name. Areas: those of the agreement chosen.
const agreements = () => {
  const series = raw.frames.series.flatMap((one) => one.agreements);
  return [...new Set([...series, ...[...raw.frames.agreements].sort(byName)])];
};
const areas = () => {
  const places = Object.entries(raw.frames.place).filter(
    ([, [agreement]]) => now.agreement < 0 || agreement === now.agreement,
  );
  return [...new Set(places.map(([, [, area]]) => area))].filter((i) => i >= 0).sort(byName);
};
const opened = new Set();
const fold = (id, title, rows) =>
  el(
    'details',
    {
      class: 'fold',
      id,
      open: opened.has(id),
      ontoggle: (event) => (event.target.open ? opened.add(id) : opened.delete(id)),
    },
    el('summary', { text: title }),
    rows,
  );
const used = (values) => [...new Set(values)].filter((k) => k >= 0).sort((a, b) => a - b);

let drawn = '';
export const show = () => {
  const fresh = [now.lang, filterKey()].join('/');
  if (fresh === drawn || now.tab !== 'filters') return;
  drawn = fresh;
  const place = $('filters');
  const held = place.contains(document.activeElement) ? document.activeElement.id : '';
  const scroll = place.scrollTop;
  const left = shownClaims();
  const kindCounts = tally(
    kinds.length,
    shownNodes().map((i) => nodes.kind[i]),
  );
  const hows = used(table.how);
  const docs = used(claims.d);
  place.replaceChildren(
    ...[
      choice('pick-agreement', 'agreement', agreements()),
      choice('pick-area', 'area', areas()),
      el('h2', { class: 'label', text: t('filters.certainty') }),
      row({
        id: 'show-derived',
        text: t('filters.derived'),
        checked: now.derived,
        onchange: (event) => change({ derived: event.target.checked }),
      }),
      row({
        id: 'show-proposed',
        text: t('filters.proposed'),
        checked: now.proposed,
        onchange: (event) => change({ proposed: event.target.checked }),
      }),
      el('h2', { class: 'label', text: t('filters.hows') }),
      ...boxes(
        'hows',
        hows,
        tally(
          involvements.length,
          all().map((r) => table.how[r]),
        ),
        (k) => upper(label(involvements[k])),
      ),
      el('h2', { class: 'label', text: t('filters.kinds') }),
      ...looks.flatMap((one) => {
        const own = used(nodes.kind).filter((k) => kinds[k].look === one.name);
        return own.length
          ? [
              el('h3', { class: 'sub', text: label(one) }),
              ...boxes(
                'kinds',
                own,
                kindCounts,
                (k) => label(kinds[k]),
                (k) => mark(kinds[k]),
              ),
            ]
          : [];
      }),
      fold(
        'fold-documents',
        t('filters.documents'),
        boxes(
          'documents',
          docs,
          tally(
            documents.length,
            left.map((c) => claims.d[c]),
          ),
          (k) => label(documents[k]),
        ),
      ),
      fold(
        'fold-relations',
        t('filters.relations'),
        boxes(
          'relations',
          used(claims.p).sort((a, b) => relations[a].order - relations[b].order),
          tally(
            relations.length,
            left.map((c) => claims.p[c]),
          ),
          (k) => upper(label(relations[k])),
        ),
      ),
      el(
        'div',
        { class: 'actions' },
        button(t('filters.reset'), () => App.reset(), { class: 'action', id: 'reset' }),
      ),
    ].filter(Boolean),
  );
  place.scrollTop = scroll;
  if (held) $(held)?.focus({ preventScroll: true });
};
