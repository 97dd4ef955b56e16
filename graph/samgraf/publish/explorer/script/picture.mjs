// The view as a drawing (SVG), and as a picture made of that (PNG): full names, the legend, the day, and no hints.

import { documents, isAgreement, kind } from './data.mjs';
import { $, svg } from './dom.mjs';
import { legend as legendOf } from './legendwords.mjs';
import { allRows, model, title } from './matrix.mjs';
import { over } from './namesides.mjs';
import * as Network from './network.mjs';
import { letter, look, stateOf } from './roles.mjs';
import { markup } from './shapes.mjs';
import * as Sheets from './sheets.mjs';
import { now } from './state.mjs';
import { dayName } from './time.mjs';
import { name, pair, t } from './words.mjs';

const FONT = '"Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
const EDGE = 28;
const CELL = 24;
const wide = (text, size = 13) => text.length * size * 0.54;
const colour = (variable) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();

const write = (text, x, y, { size = 13, weight = 400, fill = '--ink', anchor = 'start', turn = 0 } = {}) => {
  const at = turn
    ? { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})` }
    : { x: x.toFixed(1), y: y.toFixed(1) };
  const made = svg('text', {
    ...at,
    'font-size': size,
    'font-weight': weight,
    fill: colour(fill),
    'text-anchor': anchor,
  });
  made.textContent = text;
  return made;
};
const line = (x1, y1, x2, y2, stroke = '--rule', width = 1) =>
  svg('line', {
    x1: x1.toFixed(1),
    y1: y1.toFixed(1),
    x2: x2.toFixed(1),
    y2: y2.toFixed(1),
    stroke: colour(stroke),
    'stroke-width': width,
  });
const mark = (i, x, y, r = 5) => {
  const { tag, attributes } = markup(kind(i).shape, x, y, r);
  return svg(tag, { ...attributes, fill: colour(`--family-${kind(i).look}`) });
};
const sign = (how, text, x, y, faint = false) => {
  const accent = colour('--accent');
  const fill = how === 'stated' ? accent : how === 'planned' ? 'url(#hatch)' : colour('--paper');
  const box = svg('rect', {
    x: x - 9,
    y: y - 9,
    width: 18,
    height: 18,
    rx: 4,
    fill,
    stroke: accent,
    'stroke-width': 1.4,
    ...(how === 'planned' ? { 'stroke-dasharray': '2 2' } : {}),
  });
  const word = write(text, x, y + 4, {
    size: 11,
    weight: 600,
    anchor: 'middle',
    fill: how === 'stated' ? '--accent-ink' : '--accent',
  });
  return svg('g', faint ? { opacity: 0.55 } : {}, box, word);
};
const hatch = () =>
  svg(
    'pattern',
    { id: 'hatch', width: 4, height: 4, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { width: 4, height: 4, fill: colour('--paper') }),
    svg('line', { x1: 0, y1: 0, x2: 0, y2: 4, stroke: colour('--accent'), 'stroke-width': 1, opacity: 0.4 }),
  );

// Each drawer gives its parts, drawn from (0, 0), and how much room they take.
const matrix = () => {
  const made = model({ whole: true });
  const names = allRows(made).map((row) => name(row.thing));
  const left = Math.max(220, ...names.map((one) => wide(one) + 56));
  const tall = Math.max(60, ...made.columns.map((i) => wide(name(i)) + 14));
  const parts = made.columns.map((i, k) =>
    write(name(i), left + k * CELL + CELL / 2 + 4, tall - 6, { turn: -90, weight: i === made.self ? 600 : 400 }),
  );
  let y = tall;
  const row = (one) => {
    const indent = 14 + one.depth * 16;
    const cells = made.columns.flatMap((actor, k) => {
      const found = one.cells.get(actor);
      return found
        ? [
            sign(
              look(found[0]),
              letter(found[0]),
              left + k * CELL + CELL / 2,
              y + CELL / 2,
              ['ended', 'last-attested'].includes(stateOf(found[0])),
            ),
          ]
        : [];
    });
    const head = [mark(one.thing, indent - 6, y + CELL / 2), write(name(one.thing), indent + 6, y + CELL / 2 + 4.5)];
    parts.push(svg('g', {}, line(0, y, left + made.columns.length * CELL, y), ...head, ...cells));
    y += CELL;
  };
  const heading = (text) => {
    parts.push(write(text, 0, y + 17, { weight: 600, size: 12.5, fill: '--soft' }));
    y += CELL;
  };
  for (const group of made.groups) {
    const text = group.inside
      ? group.inside.map(name).join(' + ') || t('compare.beside')
      : title(group) || (isAgreement(group.rows[0].thing) ? '' : t('matrix.nowhere'));
    if (text) heading(text);
    for (const one of group.rows) row(one);
  }
  if (made.beside.length) heading(t('matrix.beside'));
  for (const one of made.beside) row(one);
  return { parts, width: left + made.columns.length * CELL, height: y, rows: allRows(made) };
};
const network = () => {
  const { points, lines } = Network.drawn();
  if (!points.length) return { parts: [], width: 300, height: 40, rows: [] };
  const xs = points.map((one) => one.x);
  const ys = points.map((one) => one.y);
  const span = Math.max(1, Math.max(...xs) - Math.min(...xs));
  const scale = Math.min(1, 1500 / span);
  const text = (one) => (one.id >= 0 ? name(one.id) : '');
  const place = (one) => {
    const [dx, dy] = one.aside ?? [0, 0];
    return [(one.x - Math.min(...xs)) * scale + dx, (one.y - Math.min(...ys)) * scale + 40 + dy];
  };
  const left = Math.max(60, ...points.map((one) => wide(text(one), 12) / 2 - place(one)[0]));
  const at = new Map(points.map((one) => [one.id, [place(one)[0] + left, place(one)[1]]]));
  const right = Math.max(...points.map((one) => at.get(one.id)[0] + wide(text(one), 12) / 2));
  const parts = lines.map((one) => {
    const [[x1, y1], [x2, y2]] = [at.get(one.from), at.get(one.to)];
    const drawn = line(x1, y1, x2, y2, '--edge', Math.max(0.5, one.width * 0.6));
    drawn.setAttribute('opacity', lines.length > 700 ? '0.3' : '0.5');
    return drawn;
  });
  for (const one of points) {
    const [x, y] = at.get(one.id);
    parts.push(
      svg('circle', {
        cx: x.toFixed(1),
        cy: y.toFixed(1),
        r: (one.size * Math.max(0.5, scale)).toFixed(1),
        fill: one.color,
        ...(one.ring ? { stroke: one.ring, 'stroke-width': 3 } : {}),
      }),
    );
  }
  // A name stands above its dot, or below where that covers no other name.
  const taken = [];
  for (const one of points.filter(text)) {
    const [[x, y], half, gap] = [at.get(one.id), wide(text(one), 12) / 2, one.size * Math.max(0.5, scale) + 4];
    const box = (base) => [x - half, base - 12, x + half, base + 3];
    const free = (base) => !taken.some((other) => over(box(base), other));
    const base = [y - gap, y + gap + 10].find(free) ?? y - gap;
    taken.push(box(base));
    const made = write(text(one), x, base, { size: 12, anchor: 'middle' });
    const halo = { stroke: colour('--paper'), 'stroke-width': 3, 'paint-order': 'stroke' };
    for (const [key, value] of Object.entries(halo)) made.setAttribute(key, value);
    parts.push(made);
  }
  return {
    parts,
    width: Math.max(span * scale + 200, right + 20),
    height: Math.max(...[...at.values()].map(([, y]) => y)) + 40,
    rows: [],
  };
};
const listing = () => {
  const rows = Sheets.rows().map((one) => one.map((cell) => String(cell)));
  const widths = rows[0].map((_, k) => Math.min(380, Math.max(...rows.map((one) => wide(one[k] ?? '', 12.5) + 18))));
  const lefts = widths.map((_, k) => widths.slice(0, k).reduce((a, b) => a + b, 0));
  let y = 0;
  const parts = rows.flatMap((one, n) => {
    const wrapped = one.map((cell, k) => wrap(cell, widths[k] - 14));
    const height = Math.max(...wrapped.map((some) => some.length)) * 16 + 8;
    const drawn = wrapped.flatMap((some, k) =>
      some.map((text, m) => write(text, lefts[k], y + 16 + m * 16, { size: 12.5, weight: n ? 400 : 600 })),
    );
    y += height;
    return [...drawn, line(0, y, lefts.at(-1) + widths.at(-1), y)];
  });
  return { parts, width: lefts.at(-1) + widths.at(-1), height: y, rows: [] };
};
const wrap = (text, room) => {
  const most = Math.max(6, Math.floor(room / (12.5 * 0.54)));
  const lines = [''];
  for (const word of text.split(' ')) {
    if (lines.at(-1).length + word.length >= most && lines.at(-1)) lines.push('');
    lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines;
};
const DRAWERS = { matrix, sketch: matrix, network };

const newest = () =>
  documents
    .map((one) => one.date)
    .filter(Boolean)
    .at(-1);
/** On which day the view is, until when its sources go, and what made it. */
export const foot = () =>
  [
    now.day === null ? '' : t('sub.at', { when: dayName(now.day) }),
    newest() ? t('export.until', { when: pair(newest()[1]) }) : '',
    t('export.made'),
  ]
    .filter(Boolean)
    .join(' ');

/** The drawing, as an element. */
export const drawing = () => {
  const { parts, width, height, rows } = (DRAWERS[now.view] || listing)();
  const { looks, letters, states } = legendOf(rows);
  const across = Math.max(width, wide($('headline').textContent, 19), 640) + EDGE * 2;
  const top = 78;
  const body = svg('g', { transform: `translate(${EDGE} ${top})` }, ...parts);
  let x = EDGE;
  let y = top + height + 30;
  const key = [];
  const put = (draw, text) => {
    if (x + wide(text, 12) + 40 > across) {
      x = EDGE;
      y += 24;
    }
    key.push(draw(x + 9, y), write(text, x + 24, y + 4, { size: 12, fill: '--soft' }));
    x += wide(text, 12) + 44;
  };
  for (const [how, text] of looks) put((a, b) => sign(how, '', a, b), text);
  for (const [sort, text] of letters) put((a, b) => sign('derived', sort, a, b), text);
  for (const [, text] of states) put((a, b) => sign('derived', '', a, b, true), text);
  y += key.length ? 34 : 0;
  const root = svg('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width: Math.round(across),
    height: Math.round(y + 20),
    viewBox: `0 0 ${Math.round(across)} ${Math.round(y + 20)}`,
    'font-family': FONT,
  });
  const named = svg('title');
  named.textContent = $('headline').textContent;
  root.append(
    named,
    svg('defs', {}, hatch()),
    svg('rect', { width: '100%', height: '100%', fill: colour('--paper') }),
    write($('headline').textContent, EDGE, 38, { size: 19, weight: 600 }),
    svg('g', { id: 'view' }, body),
    svg('g', { id: 'legend' }, ...key),
    write(foot(), EDGE, y, { size: 11.5, fill: '--soft' }),
  );
  return root;
};
export const toSvg = () =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing())}\n`;
export const toPng = async () => {
  const url = URL.createObjectURL(new Blob([toSvg()], { type: 'image/svg+xml' }));
  const image = new Image();
  await new Promise((done, failed) => {
    image.onload = done;
    image.onerror = failed;
    image.src = url;
  });
  const scale = Math.min(2, 12000 / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  return new Promise((done) => {
    canvas.toBlob(done, 'image/png');
  });
};
