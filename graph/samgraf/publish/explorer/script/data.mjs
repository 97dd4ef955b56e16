// The data of the page: columns of numbers, and the few look-ups that every view asks for.

import { $ } from './dom.mjs';
import { unpacked } from './unpack.mjs';

/** @type {any} */
export const raw = JSON.parse($('data').textContent);
// What only some numbers have: `at` is how far each number lies from the one before; values stand in `of`, or as steps too.
const spread = ({ at, of, step }) => {
  const found = {};
  let [n, value] = [0, 0];
  at.forEach((far, k) => {
    n += far;
    if (step) value += step[k];
    found[n] = step ? value : of[k];
  });
  return found;
};
const unrolled = (part) => {
  for (const [key, one] of Object.entries(part)) if (Array.isArray(one.at)) part[key] = spread(one);
  return part;
};
for (const part of ['nodes', 'claims', 'table', 'frames']) unrolled(raw[part]);
export const {
  nodes,
  claims,
  kinds,
  relations,
  documents,
  strings,
  dates,
  periods,
  looks,
  things,
  involvements,
  ways,
} = raw;
export const size = nodes.id.length;
export const count = claims.s.length;
export const index = new Map(nodes.id.map((id, i) => [id, i]));

const FIELDS =
  'role behalf whole rule way via more passages because superseded when value text measure population unit figure';
/** @type {Record<string, any>} */
export const sparse = Object.fromEntries(FIELDS.split(' ').map((name) => [name, claims[name] || {}]));
// What no first view needs is packed away until it is asked for: other names, notes, most texts, the answers of the queries.
let held = null;
const rest = () => {
  held ??= unrolled(JSON.parse(unpacked('packed-rest')));
  return held;
};
export const word = (n) => raw.words[n];
export const textAt = (n) =>
  n < raw.texts.length ? raw.texts[n] : rest().texts.map((one) => one[n - raw.texts.length]);
/** @param {'role' | 'unit' | 'text' | 'measure' | 'population'} name @param {number} c */
export const text = (name, c) => {
  const n = sparse[name][c];
  if (n === undefined) return '';
  return name === 'role' || name === 'unit' ? word(n) : textAt(n);
};
const own = (key) => (i) => (i === index.get(raw.focus) ? nodes : rest())[key][i];
export const english = (i) => rest().en[i];
export const aliasesOf = own('alias');
export const tonguesOf = own('tongue');
export const noteOf = own('note');
export const claimNote = (c) => rest().notes[c];
export const queries = () => rest().queries;
// A claim's identifier: what follows its document's, unless it is written whole.
export const claimId = (c) => {
  const held = claims.id[c];
  return !held || held.includes('/') || claims.d[c] < 0 ? held || '' : `${documents[claims.d[c]].id}/${held}`;
};

// What not every view asks for is made when it is first asked for.
const lazily = (make) => {
  let held = null;
  return (i) => {
    held ??= make();
    return held(i);
  };
};
// Claims by node, as one list cut into runs: what links the node to others, and what is said of it alone.
const runs = (linking) => {
  const start = new Int32Array(size + 1);
  const each = (tell) => {
    for (let c = 0; c < count; c += 1) {
      const [a, b] = [claims.s[c], claims.o[c]];
      if (b >= 0 !== linking) continue;
      tell(a, c);
      if (b >= 0 && b !== a) tell(b, c);
    }
  };
  each((i) => {
    start[i + 1] += 1;
  });
  for (let i = 0; i < size; i += 1) start[i + 1] += start[i];
  const list = new Int32Array(start[size]);
  const next = start.slice();
  each((i, c) => {
    list[next[i]] = c;
    next[i] += 1;
  });
  return (i) => list.subarray(start[i], start[i + 1]);
};
export const links = lazily(() => runs(true));
export const facts = lazily(() => runs(false));
export const other = (c, i) => (claims.s[c] === i ? claims.o[c] : claims.s[c]);

/** How many others an entity is linked to. */
export const degree = lazily(() => {
  const found = new Int32Array(size);
  const seen = new Int32Array(size).fill(-1);
  for (let i = 0; i < size; i += 1)
    for (const c of links(i)) {
      const j = other(c, i);
      if (j === i || seen[j] === i) continue;
      seen[j] = i;
      found[i] += 1;
    }
  return (i) => found[i];
});

export const kind = (i) => kinds[nodes.kind[i]];
export const look = (i) => kind(i).look;
export const modality = (c) => claims.m[c] & 3;
export const derived = (c) => (claims.m[c] & 4) !== 0;
export const superseded = (c) => (claims.m[c] & 8) !== 0;

// Where a thing stands: its agreement, its area and the thing that it is a part of; -1 is none.
export const place = (i) => raw.frames.place[i] || [-1, -1, -1];
export const whole = (i) => raw.frames.whole[i] ?? -1;
// The nearest of some things that a thing counts with: the whole of a part, what a meeting is about.
export const standsFor = (i, among) => {
  const seen = new Set([i]);
  for (let up = raw.frames.stands[i]; up !== undefined && !seen.has(up); up = raw.frames.stands[up]) {
    if (among.has(up)) return up;
    seen.add(up);
  }
  return -1;
};
export const listing = (i) => things[kind(i).thing]?.listing ?? '';
const agreements = new Set(raw.frames.agreements);
export const isAgreement = (i) => agreements.has(i);
const areas = new Set(Object.values(raw.frames.place).map(([, area]) => area));
export const isArea = (i) => areas.has(i) && !agreements.has(i);
export const isPerson = (i) => kind(i).person === true;
