// The tables of people and of partners: a list that keeps its roles for screen readers where a phone shows it as blocks.

import { App } from './actions.mjs';
import { el } from './dom.mjs';
import { markOf } from './shapes.mjs';
import { name, t } from './words.mjs';

/** A name that is clicked on for its facts. */
export const nameButton = (i) =>
  el(
    'button',
    { type: 'button', class: 'name', onclick: () => App.select(i) },
    markOf(i),
    el('span', { text: name(i) }),
  );
export const cell = (options, ...children) => el('td', { role: 'cell', ...options }, ...children);
export const rowHead = (options, ...children) => el('th', { scope: 'row', role: 'rowheader', ...options }, ...children);
export const row = (...cells) => el('tr', { role: 'row' }, ...cells);
export const rows = (...lines) => el('tbody', { role: 'rowgroup' }, ...lines);
/** A table with a caption for screen readers, heads by their keys in the dictionary, and bodies of rows. */
export const rolled = (kind, caption, heads, ...bodies) =>
  el(
    'table',
    { class: `list ${kind}`, role: 'table' },
    el('caption', { class: 'hidden', text: caption }),
    el(
      'thead',
      { role: 'rowgroup' },
      row(...heads.map((key) => el('th', { scope: 'col', role: 'columnheader', text: t(key) }))),
    ),
    ...bodies,
  );
