// A drawing of points and lines by vis-network, which is unpacked only when it is needed: fitted, moved, zoomed, within bounds.

import { raw } from './data.mjs';
import { el } from './dom.mjs';
import { named } from './namesides.mjs';
import { unpacked } from './unpack.mjs';

const ZOOM = [0.02, 6];
const SHIFT = 60;
const BUSY = 1500; // with more lines than these, none is drawn while the picture moves

/** @type {any} */
let drawing = null;
/** @type {any} */
let data = null;
/** @type {any[]} */
let shown = [];
const middle = { x: 0, y: 0 };
const edge = { x: [0, 0], y: [0, 0] };
let scale = 1;
export const view = () => drawing;

// vis-network stands packed in the page; as a script of its own it runs under the page's policy by its hash. While it loads it makes
// an error to see whether errors tell where they were made: for that V8 would read all of it once more, so they do not.
let loaded = false;
export const load = () => {
  if (loaded) return;
  loaded = true;
  const errors = /** @type {any} */ (Error);
  const { stackTraceLimit } = errors;
  delete errors.stackTraceLimit;
  document.head.append(el('script', { text: unpacked('packed-vis') }));
  if (stackTraceLimit !== undefined) errors.stackTraceLimit = stackTraceLimit;
};

// Sizes are those of the screen when the whole is fitted into it, however far the places lie apart.
const fitted = (holder) => {
  const room = (key, length, margin) => (edge[key][1] - edge[key][0]) / (length - Math.min(margin, length * 0.2));
  return Math.max(0.35, room('x', holder.clientWidth, 180), room('y', holder.clientHeight, 100));
};
const sized = (points) =>
  points.map(({ aside = [0, 0], ...one }) => ({
    ...one,
    size: one.size * scale,
    x: one.x + aside[0] * scale,
    y: one.y + aside[1] * scale,
  }));
const marked = (points) =>
  points.map(({ title: _, ring, color, ...one }) => ({
    ...one,
    color: ring ? { background: color, border: ring } : color,
    borderWidth: ring ? 3 : 0,
  }));
const opacity = (lines) => (lines > 3000 ? 0.18 : lines > 800 ? 0.3 : 0.55);

/** Draw points and lines in a place; `onpoint` is told the point that is clicked on. */
export const draw = (holder, { points, lines }, onpoint) => {
  drop();
  if (!points.length) return;
  for (const key of ['x', 'y']) {
    const all = points.map((one) => one[key]);
    edge[key] = [Math.min(...all), Math.max(...all)];
    middle[key] = (edge[key][0] + edge[key][1]) / 2;
  }
  scale = fitted(holder);
  shown = sized(points);
  const half = (holder.clientWidth / 2) * scale;
  data = new vis.DataSet(marked(named(shown, scale, [middle.x - half, middle.x + half])));
  const edges = new vis.DataSet(lines.map((one) => ({ ...one, width: one.width * scale })));
  const hide = lines.length > BUSY;
  const ink = getComputedStyle(document.documentElement).getPropertyValue('--edge').trim();
  drawing = new vis.Network(
    holder,
    { nodes: data, edges },
    {
      ...raw.options,
      edges: { ...raw.options.edges, color: { color: ink, opacity: opacity(lines.length), inherit: false } },
      interaction: {
        ...raw.options.interaction,
        hideEdgesOnDrag: hide,
        hideEdgesOnZoom: hide,
        dragNodes: false,
        zoomView: false,
      },
    },
  );
  holder.querySelector('canvas').setAttribute('aria-hidden', 'true');
  for (const one of holder.querySelectorAll('[tabindex]')) one.tabIndex = -1;
  fit();
  drawing.on('click', ({ nodes }) => nodes.length && onpoint(nodes[0]));
  drawing.on('dragEnd', bounds);
};
export const drop = () => {
  drawing?.destroy();
  drawing = null;
};

const move = (position, to) => drawing.moveTo({ position, scale: to, animation: false });
export const fit = () => drawing && move({ ...middle }, 1 / scale);
// Panning stays within the drawing: its middle never leaves what is drawn.
const bounds = () => {
  const at = drawing.getViewPosition();
  const kept = (key) => Math.max(edge[key][0], Math.min(edge[key][1], at[key]));
  if (kept('x') !== at.x || kept('y') !== at.y) move({ x: kept('x'), y: kept('y') }, drawing.getScale());
};
const shift = (dx, dy) => {
  const [{ x, y }, by] = [drawing.getViewPosition(), drawing.getScale()];
  move({ x: x + dx / by, y: y + dy / by }, by);
  bounds();
};
let waiting = 0;
export const zoom = (by) => {
  if (!drawing) return;
  move(drawing.getViewPosition(), Math.max(ZOOM[0], Math.min(ZOOM[1], drawing.getScale() * by)));
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const closer = named(shown, 1 / drawing.getScale());
    data.update(closer.map(({ id, label, font }) => ({ id, label: label ?? ' ', font })));
  }, 120);
};

const KEYS = {
  ArrowLeft: () => shift(-SHIFT, 0),
  ArrowRight: () => shift(SHIFT, 0),
  ArrowUp: () => shift(0, -SHIFT),
  ArrowDown: () => shift(0, SHIFT),
  '+': () => zoom(1.35),
  '=': () => zoom(1.35),
  '-': () => zoom(1 / 1.35),
  0: fit,
};
/** Let the wheel (with Ctrl) and the keys move it. */
export const install = (holder) => {
  holder.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
    },
    { passive: false },
  );
  holder.addEventListener('keydown', (event) => {
    if (!drawing || !KEYS[event.key]) return;
    KEYS[event.key]();
    event.preventDefault();
  });
};
