// Ready-made look-ups: the results of the named queries, as tables to sort and to save.

import { App } from './actions.mjs';
import { toCsv } from './csv.mjs';
import { queries, raw, textAt } from './data.mjs';
import { $, button, el } from './dom.mjs';
import { saveText } from './files.mjs';
import { sortedTable } from './sorted.mjs';
import { change, now } from './state.mjs';
import { dateText, edtf } from './time.mjs';
import { has, label, name, number, pair, t } from './words.mjs';

let order = ['', false];
// A cell is a number, a text, nothing, or a pair: an entity, a label or a date by its number.
const [NODE, TEXT] = [0, 1];
const textOf = (value) => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (!Array.isArray(value)) return String(value);
  const [kind, n] = value;
  return kind === NODE ? name(n) : kind === TEXT ? pair(textAt(n)) : dateText(n);
};
const sortOf = (value) => {
  if (typeof value === 'number') return value;
  return Array.isArray(value) && value[0] > TEXT ? edtf(value[1]) : textOf(value);
};
const cell = (value) => {
  if (!Array.isArray(value) || value[0] !== NODE) return textOf(value);
  return button(name(value[1]), () => {
    $('gallery').close();
    App.around(value[1]);
  });
};
const title = (one) =>
  typeof one === 'object' ? label(one) : has(`column.${one}`) ? t(`column.${one}`) : one.replaceAll('_', ' ');
const isNumber = (query, k) => query.rows.length > 0 && query.rows.every((row) => typeof row[k] === 'number');
const body = (query) =>
  sortedTable({
    columns: query.columns.map((one, k) => ({
      key: String(k),
      title: title(one),
      number: isNumber(query, k),
      sort: (row) => sortOf(row[k]),
      cell: (row) => cell(row[k]),
    })),
    rows: query.rows,
    caption:
      query.all > query.rows.length
        ? t('gallery.part', { n: query.rows.length, all: query.all })
        : t('gallery.rows', { n: query.rows.length }),
    order,
    onorder: (next) => {
      order = next;
      show();
      $('gallery').querySelector(`[data-sort="${next[0]}"]`)?.focus();
    },
  });
const save = (query) =>
  saveText(
    toCsv([
      query.columns.map(title),
      ...query.rows.map((row) => row.map((one) => (typeof one === 'number' ? one : textOf(one)))),
    ]),
    `samgraf-${query.name}.csv`,
    'text/csv',
  );

export const show = () => {
  const dialog = $('gallery');
  const query = (now.query && queries().find((one) => one.name === now.query)) || null;
  if (!query && dialog.open) dialog.close();
  if (!query) return;
  const held = dialog.querySelector('.gallery-list')?.scrollTop || 0;
  dialog.replaceChildren(
    el(
      'div',
      { class: 'dialog-head' },
      el('div', {}, el('h2', { id: 'gallery-title', text: t('gallery.title') }), el('p', { text: t('gallery.intro') })),
      button(t('facts.close'), () => dialog.close(), { class: 'dialog-close' }),
    ),
    el(
      'nav',
      { class: 'gallery-list', 'aria-label': t('gallery.title') },
      [...queries()]
        .sort((a, b) => label(a.title).localeCompare(label(b.title), 'da'))
        .map((one) =>
          el(
            'button',
            {
              type: 'button',
              'aria-pressed': String(one === query),
              onclick: () => {
                order = ['', false];
                change({ query: one.name });
                dialog.querySelector('[aria-pressed="true"]')?.focus();
              },
            },
            el('span', { text: label(one.title) }),
            el('small', { text: ` ${number(one.all)}` }),
          ),
        ),
    ),
    el(
      'div',
      { class: 'gallery-body', tabindex: '0', role: 'region', 'aria-label': label(query.title) },
      el('h3', { text: label(query.title) }),
      el('p', { text: label(query.description) }),
      button(t('export.csv'), () => save(query), { class: 'action', id: 'gallery-csv' }),
      ...body(query),
    ),
  );
  dialog.querySelector('.gallery-list').scrollTop = held;
  if (!dialog.open) dialog.showModal();
};
export const install = () => {
  $('gallery').addEventListener('close', () => {
    if (now.query) change({ query: '' });
  });
  $('open-gallery').addEventListener('click', () => {
    order = ['', false];
    const first = [...queries()].sort((a, b) => label(a.title).localeCompare(label(b.title), 'da'))[0];
    change({ query: first?.name ?? '' });
  });
  $('open-gallery').hidden = !raw.queries;
};
