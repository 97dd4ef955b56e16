// The matrix as a table: what a screen reader reads is what the eye sees. Arrow keys walk its cells, Enter opens one.

import { App } from './actions.mjs';
import { isAgreement, kinds, nodes } from './data.mjs';
import { $, button, el, hidden } from './dom.mjs';
import { allRows, model, title } from './matrix.mjs';
import { sign } from './roles.mjs';
import { markOf } from './shapes.mjs';
import { change, now } from './state.mjs';
import { counted, name, number, pair, short, t, upper } from './words.mjs';

// More than this is drawn when asked for, step by step; the page says how much there is, and the exports have all. What a browser takes
// to draw a table goes by its cells.
const COLUMNS = 120;
const CELLS = 20000;
const mostColumns = () => COLUMNS * (1 + now.more);
const mostRows = ({ columns }) =>
  Math.min(300, Math.floor(CELLS / Math.min(columns.length || 1, COLUMNS))) * (1 + now.more);

/** @type {any} */
let shown = null;
export const current = () => shown;

const headCell = (i, made) =>
  el(
    'th',
    {
      scope: 'col',
      class: `who${i === made.self ? ' self' : ''}`,
      tabindex: '-1',
      'data-actor': String(i),
      title: `${name(i)} · ${number(made.counts.get(i) ?? 0)}`,
    },
    el('span', { class: 'who-name', 'aria-hidden': 'true', text: short(i) }),
    el('span', { class: 'who-count', 'aria-hidden': 'true', text: number(made.counts.get(i) ?? 0) }),
    hidden(`${name(i)}, ${counted('noun.thing', made.counts.get(i) ?? 0)}`),
  );
const bodyRow = (row, columns) =>
  el(
    'tr',
    { class: row.depth ? `part part-${Math.min(3, row.depth)}` : null, 'data-thing': String(row.thing) },
    el(
      'th',
      { scope: 'row', class: 'what', tabindex: '-1', title: name(row.thing) },
      el(
        'span',
        { class: 'what-line' },
        markOf(row.thing),
        el('span', { class: 'what-name', text: name(row.thing) }),
        el('span', { class: 'what-count', text: number(row.actors) }),
      ),
    ),
    columns.map((actor) => {
      const rows = row.cells.get(actor);
      return el(
        'td',
        {
          tabindex: '-1',
          'data-actor': rows ? String(actor) : null,
          class: now.cell[0] === row.thing && now.cell[1] === actor ? 'chosen' : null,
        },
        rows ? sign(rows[0], rows.length > 1 ? ` (+ ${rows.length - 1})` : '') : null,
      );
    }),
  );
const groupRow = (text, columns, act = null) =>
  el(
    'tr',
    { class: act ? 'group folded' : 'group' },
    el(
      'th',
      { scope: 'rowgroup', colspan: String(columns.length + 1), tabindex: '-1' },
      el('span', { class: 'group-name' }, act, el('span', { text })),
    ),
  );
/** What a group of rows is called: its area and agreement, or who of those compared is in it. */
export const groupTitle = (group, made) => {
  if (group.inside)
    return group.inside.length === made.columns.length
      ? t(group.inside.length === 2 ? 'compare.both' : 'compare.all')
      : group.inside.length === 1
        ? t('compare.only', { name: name(group.inside[0]) })
        : group.inside.length
          ? group.inside.map(name).join(' + ')
          : t('compare.beside');
  if (group.agreement >= 0 && isAgreement(group.rows[0].thing) && group.area < 0) return name(group.agreement);
  return title(group) || t(now.rows === 'frame' ? 'matrix.nowhere' : 'matrix.things');
};

export const everybodyText = (made) =>
  t('matrix.everybody', { things: made.everybody.map(name).join(', '), n: made.far.length });
export const besideText = (made) =>
  made.open.beside ? t('matrix.beside') : `${t('matrix.beside')}: ${made.besides.map(name).join(', ')}`;
const caption = (made) =>
  t('matrix.caption', { rows: number(allRows(made).length), columns: number(made.columns.length) });

export const table = (made, { limit = true } = {}) => {
  const columns = limit ? made.columns.slice(0, mostColumns()) : made.columns;
  let left = limit ? mostRows(made) : Infinity;
  const take = (rows) => {
    const some = rows.slice(0, Math.max(0, left));
    left -= some.length;
    return some;
  };
  const bodies = made.groups.map((group) => {
    const rows = take(group.rows);
    return rows.length
      ? el(
          'tbody',
          {},
          made.groups.length > 1 || title(group) || group.inside ? groupRow(groupTitle(group, made), columns) : null,
          rows.map((row) => bodyRow(row, columns)),
        )
      : null;
  });
  const fold = (key, id, text) =>
    groupRow(
      text,
      columns,
      button(t(made.open[key] ? 'matrix.fold' : 'matrix.unfold'), () => change({ [key]: !now[key] }), {
        class: 'link',
        id,
        'aria-expanded': String(made.open[key]),
      }),
    );
  if (made.everybody.length)
    bodies.push(el('tbody', { class: 'everybody' }, fold('everybody', 'unfold', everybodyText(made))));
  if (made.besides.length)
    bodies.push(
      el(
        'tbody',
        { class: 'beside' },
        fold('beside', 'unfold-beside', besideText(made)),
        take(made.beside).map((row) => bodyRow(row, columns)),
      ),
    );
  const grid = el(
    'table',
    { class: `matrix${now.focus.length > 1 ? ' wide' : ''}`, role: 'grid', 'aria-label': caption(made) },
    el(
      'colgroup',
      {},
      el('col', { class: 'what' }),
      columns.map(() => el('col')),
    ),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { scope: 'col', class: 'corner', tabindex: '-1' }, el('span', { text: t('matrix.corner') })),
        columns.map((i) => headCell(i, made)),
      ),
    ),
    bodies,
  );
  grid.style.setProperty('--columns', String(columns.length)); // the names of the things take the room that they leave
  return grid;
};

// Facets with live counts: the kinds of those in the columns, and how many of each are left.
/** @returns {[any, any[]]} */
const facets = () => {
  const hiddenKinds = now.kinds;
  now.kinds = new Set();
  const full = model();
  now.kinds = hiddenKinds;
  const made = hiddenKinds.size ? model() : full;
  const count = (one, k) => one.columns.filter((i) => nodes.kind[i] === k && i !== one.self).length;
  const chips = full.kinds
    .filter((k) => count(full, k))
    .map((k) => {
      const off = hiddenKinds.has(k);
      return button(`${upper(pair(kinds[k].plural))} ${number(off ? 0 : count(made, k))}`, () => App.toggleKind(k), {
        class: 'chip',
        'aria-pressed': String(!off),
        id: `chip-${k}`,
      });
    });
  return [made, chips];
};
const sorter = (key, options) =>
  el(
    'label',
    { class: 'sorter' },
    el('span', { text: t(`sort.${key}`) }),
    (() => {
      const select = el(
        'select',
        { id: `sort-${key}`, onchange: (event) => change({ [key]: event.target.value }) },
        options.map((one) => el('option', { value: one, text: t(`sort.${key}.${one}`) })),
      );
      select.value = now[key];
      return select;
    })(),
  );

export const show = (place, tools) => {
  const [made, chips] = facets();
  shown = made;
  tools.replaceChildren(
    sorter('rows', ['frame', 'count', 'name']),
    now.focus.length > 1 ? '' : sorter('columns', ['count', 'name', 'kind']),
    el('div', { class: 'chips', role: 'group', 'aria-label': t('matrix.facets') }, chips),
  );
  const rows = allRows(made).length;
  if (!rows) {
    place.replaceChildren();
    return made;
  }
  const cut = rows > mostRows(made) || made.columns.length > mostColumns();
  place.replaceChildren(
    cut
      ? el(
          'p',
          { class: 'cut' },
          t('matrix.cut', {
            rows: Math.min(rows, mostRows(made)),
            all: rows,
            columns: Math.min(made.columns.length, mostColumns()),
            who: made.columns.length,
          }),
          button(t('matrix.more'), () => change({ more: now.more + 1 }), { class: 'link', id: 'show-more' }),
        )
      : '',
    table(made),
  );
  walk(place.querySelector('table'));
  return made;
};

// One stop for Tab; the arrow keys move it, Enter opens what it is on.
const walk = (grid) => {
  const cells = [...grid.rows].map((row) => [...row.cells]);
  let [y, x] = [0, 0];
  const at = (row, column) => cells[row][Math.min(column, cells[row].length - 1)];
  at(0, 0).tabIndex = 0;
  const go = (row, column) => {
    at(y, x).tabIndex = -1;
    [y, x] = [Math.max(0, Math.min(cells.length - 1, row)), Math.max(0, column)];
    x = Math.min(x, Math.max(...cells.map((one) => one.length)) - 1);
    at(y, x).tabIndex = 0;
    at(y, x).focus();
    at(y, x).scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  grid.addEventListener('keydown', (event) => {
    if (event.target.tagName === 'BUTTON') return;
    const step = steps[event.key];
    if (step) go(y + step[0], x + step[1]);
    else if (event.key === 'Home') go(event.ctrlKey ? 0 : y, 0);
    else if (event.key === 'End') go(event.ctrlKey ? cells.length - 1 : y, Infinity);
    else if (event.key === 'Enter' || event.key === ' ') open(event.target);
    else return;
    event.preventDefault();
  });
  grid.addEventListener('focusin', (event) => {
    const cell = event.target.closest('td, th');
    const row = cells.findIndex((one) => one.includes(cell));
    if (row < 0) return;
    at(y, x).tabIndex = -1;
    [y, x] = [row, cells[row].indexOf(cell)];
    cell.tabIndex = 0;
    cross(grid, cell);
  });
  grid.addEventListener('focusout', () => cross(grid, null));
  grid.addEventListener('mouseover', (event) => cross(grid, event.target.closest('td, th')));
  grid.addEventListener('mouseleave', () => cross(grid, null));
  grid.addEventListener('click', (event) => {
    if (!event.target.closest('button')) open(event.target.closest('td, th'));
  });
};
const open = (cell) => {
  if (!cell) return;
  const thing = cell.parentElement.dataset.thing;
  const actor = cell.dataset.actor;
  if (cell.tagName === 'TD' && actor) App.cell(Number(thing), Number(actor));
  else if (cell.classList.contains('what')) App.select(Number(thing));
  else if (cell.classList.contains('who')) App.select(Number(actor));
};
const cross = (grid, cell) => {
  for (const one of grid.querySelectorAll('.cross')) one.classList.remove('cross');
  if (!cell || cell.colSpan > 1 || cell.classList.contains('corner')) return;
  grid.querySelectorAll('col')[cell.cellIndex]?.classList.toggle('cross', cell.cellIndex > 0);
  if (cell.cellIndex > 0) grid.tHead.rows[0].cells[cell.cellIndex].classList.add('cross');
  if (cell.parentElement.parentElement !== grid.tHead) cell.parentElement.classList.add('cross');
};
// Show which cell is open without drawing the table anew.
export const mark = () => {
  for (const one of $('view').querySelectorAll('.chosen')) one.classList.remove('chosen');
  const [thing, actor] = now.cell;
  if (thing === undefined) return;
  $('view').querySelector(`tr[data-thing="${thing}"] td[data-actor="${actor}"]`)?.classList.add('chosen');
};
