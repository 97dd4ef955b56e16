// The columns as a sketch: agreements and areas, things, those who are in them. Lines are drawn only for what is pointed at,
// focused or chosen, over both legs, and never dim the one that it is all about. The lists scroll; nothing is left out. On a phone
// agreements and areas stand above the things.

import { App } from './actions.mjs';
import { nodes, place as placeOf } from './data.mjs';
import { el, svg } from './dom.mjs';
import { allRows, model } from './matrix.mjs';
import { letter, look } from './roles.mjs';
import { markOf } from './shapes.mjs';
import { now } from './state.mjs';
import { kindName, name, number, t, upper } from './words.mjs';

const item = (i, count = '') =>
  el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        class: `spot${now.focus.includes(i) ? ' self' : ''}`,
        'data-node': String(i),
        onclick: () => App.select(i),
      },
      markOf(i),
      el('span', { class: 'spot-name', text: name(i) }),
      count === '' ? null : el('small', { text: number(count) }),
    ),
  );
// Lines and marks anew, for what is pointed at or else chosen: the room has another size, or something else is chosen.
let redraw = () => {};
export const mark = () => redraw();
const column = (title, items) => el('section', { class: 'strip' }, el('h2', { text: title }), el('ul', {}, items));

export const show = (place, tools) => {
  tools.replaceChildren();
  const made = model();
  const rows = allRows(made);
  redraw = () => {};
  if (!rows.length) {
    place.replaceChildren();
    return made;
  }
  const frames = [...new Set(rows.flatMap((row) => placeOf(row.thing).slice(0, 2)).filter((i) => i >= 0))];
  const rank = new Map(frames.map((i, n) => [i, n]));
  const tops = frames.filter((i) => !rows.some((row) => row.thing === i));
  const lines = svg('svg', { class: 'legs', 'aria-hidden': 'true' });
  const board = el(
    'div',
    { class: 'sketch' },
    lines,
    column(
      t('sketch.frames'),
      tops.sort((a, b) => rank.get(a) - rank.get(b)).map((i) => item(i)),
    ),
    column(
      t('sketch.things'),
      rows.map((row) => item(row.thing, row.actors)),
    ),
    column(t('sketch.actors'), grouped(made)),
  );
  place.replaceChildren(board);
  const spot = new Map([...board.querySelectorAll('[data-node]')].map((one) => [Number(one.dataset.node), one]));
  const legs = pairs(rows);
  const around = (i) => {
    const own = legs.filter(([a, b]) => a === i || b === i);
    // The second leg: from what it is tied to on to the one in the middle, or on to everyone when that is what is asked.
    const next = new Set(own.flat());
    const more = legs.filter(([a, b]) => next.has(a) && next.has(b) && !own.some(([x, y]) => x === a && y === b));
    const self = made.self;
    const onward = self >= 0 ? legs.filter(([a, b]) => next.has(a) && b === self) : [];
    return [...new Set([...own, ...more, ...onward])];
  };
  const draw = (i) => {
    const lit = i === null ? [] : around(i);
    const names = new Set([i, ...lit.flat()]);
    for (const [node, one] of spot) one.classList.toggle('lit', i !== null && names.has(node));
    board.classList.toggle('pointed', i !== null);
    const box = board.getBoundingClientRect();
    lines.setAttribute('width', String(board.scrollWidth));
    lines.setAttribute('height', String(board.scrollHeight));
    lines.replaceChildren(
      ...lit.map(([a, b, kind, sign]) => {
        const [x, y] = [a, b].map((one) => spot.get(one).getBoundingClientRect());
        const flip = x.left > y.left;
        const [from, to] = flip ? [y, x] : [x, y];
        const below = from.left === to.left; // the line runs beside the list
        const [x1, y1] = [(below ? from.left - 2 : from.right + 2) - box.left, from.top + from.height / 2 - box.top];
        const [x2, y2] = [to.left - box.left - 2, to.top + to.height / 2 - box.top];
        const [bend, back] = below ? [-12, 12] : [(x2 - x1) / 2, (x2 - x1) / 2];
        const path = svg('path', {
          class: `leg leg-${kind}`,
          d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - back} ${y2} ${x2} ${y2}`,
        });
        if (!sign) return path;
        const text = svg('text', { class: 'leg-sign', x: x2 - 12, y: y2 + 4 });
        text.textContent = sign;
        return svg('g', {}, path, text);
      }),
    );
  };
  const chosen = () => (spot.has(now.selected) ? now.selected : null);
  let pointed = null;
  redraw = () => {
    for (const [node, one] of spot) one.classList.toggle('chosen', node === chosen());
    draw(pointed ?? chosen());
  };
  const point = (event) => {
    const found = event?.target.closest('[data-node]');
    pointed = found ? Number(found.dataset.node) : null;
    draw(pointed ?? chosen());
  };
  board.addEventListener('mouseover', point);
  board.addEventListener('mouseleave', () => point());
  board.addEventListener('focusin', point);
  requestAnimationFrame(() => redraw()); // the lines wait for the layout
  return made;
};

// Actors by kind, those in most things first.
const grouped = (made) => {
  const found = [];
  let kind = '';
  const order = new Map(made.columns.map((i, n) => [i, n]));
  const sorted = [...made.columns].sort(
    (a, b) =>
      Number(b === made.self) - Number(a === made.self) || nodes.kind[a] - nodes.kind[b] || order.get(a) - order.get(b),
  );
  for (const i of sorted) {
    if (kindName(i) !== kind && i !== made.self) {
      kind = kindName(i);
      found.push(el('li', { class: 'strip-head', text: upper(kind) }));
    }
    found.push(item(i, made.counts.get(i)));
  }
  return found;
};
const pairs = (rows) => [
  ...rows.flatMap((row) => {
    const [agreement, area] = placeOf(row.thing);
    const up = area >= 0 ? area : agreement;
    return up >= 0 && up !== row.thing && !rows.some((one) => one.thing === up) ? [[up, row.thing, 'frame', '']] : [];
  }),
  ...rows.flatMap((row) =>
    [...row.cells].map(([actor, found]) => [row.thing, actor, look(found[0]), letter(found[0])]),
  ),
];
