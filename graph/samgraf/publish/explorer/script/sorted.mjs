// A table that sorts by its heads.

import { button, el } from './dom.mjs';
import { compare, t } from './words.mjs';

// Columns: {key, title, number, cell(row), sort(row)}. `order` is the column's key and whether downwards.
/** @param {Record<string, any>} options */
export const sortedTable = ({ columns, rows, caption, order, onorder, page = 300 }) => {
  const [by, down] = order;
  const column = columns.find((one) => one.key === by); // none: the order that the rows came in
  const sort = (a, b) => {
    const [x, y] = [column.sort(a), column.sort(b)];
    const found = typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y));
    return down ? -found : found;
  };
  const sorted = column ? [...rows].sort(sort) : rows;
  const body = el('tbody');
  const add = (some) =>
    body.append(
      ...some.map((row) =>
        el(
          'tr',
          {},
          columns.map((c) => el('td', { class: c.number ? 'number' : null }, c.cell(row))),
        ),
      ),
    );
  add(sorted.slice(0, page));
  const head = (one) =>
    el(
      'th',
      {
        scope: 'col',
        class: one.number ? 'number' : null,
        'aria-sort': one === column ? (down ? 'descending' : 'ascending') : 'none',
      },
      button(one.title, () => onorder([one.key, one.key === by ? !down : Boolean(one.number)]), {
        'data-sort': one.key,
      }),
    );
  const made = el(
    'table',
    { class: 'list' },
    el('caption', { text: caption }),
    el('thead', {}, el('tr', {}, columns.map(head))),
    body,
  );
  if (rows.length <= page) return [made];
  const more = button(
    t('table.more', { n: rows.length - page }),
    () => {
      add(sorted.slice(page));
      more.remove();
    },
    { class: 'more-rows' },
  );
  return [made, more];
};
