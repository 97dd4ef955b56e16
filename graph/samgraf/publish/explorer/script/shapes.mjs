// Shapes, drawn alike in lists, in the legend, on the canvas and in the SVG: points on a circle of radius 1.

import { kind } from './data.mjs';
import { svg } from './dom.mjs';

const ring = (n, turn, inner = 0) =>
  Array.from({ length: inner ? n * 2 : n }, (_, k) => {
    const angle = turn + (k * 2 * Math.PI) / (inner ? n * 2 : n);
    const r = inner && k % 2 ? inner : 1;
    return [Math.cos(angle) * r, Math.sin(angle) * r];
  });
const scale = (points, by, dy = 0) => points.map(([x, y]) => [x * by, y * by + dy]);
const POINTS = {
  square: scale(ring(4, Math.PI / 4), 1.22),
  diamond: scale(ring(4, 0), 1.2),
  hexagon: scale(ring(6, 0), 1.08),
  triangle: scale(ring(3, -Math.PI / 2), 1.28, 0.18),
  star: scale(ring(5, -Math.PI / 2, 0.5), 1.3),
};

export const markup = (shape, x, y, r) =>
  POINTS[shape]
    ? {
        tag: 'polygon',
        attributes: {
          points: POINTS[shape].map(([a, b]) => `${(x + a * r).toFixed(1)},${(y + b * r).toFixed(1)}`).join(' '),
        },
      }
    : { tag: 'circle', attributes: { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1) } };

export const mark = (one) => {
  const { tag, attributes } = markup(one.shape, 7, 7, 5);
  const options = { class: `mark mark-${one.look}`, viewBox: '0 0 14 14', 'aria-hidden': 'true' };
  return svg('svg', options, svg(tag, attributes));
};
export const markOf = (i) => mark(kind(i));
