// The state of the page, and its place in the address: all of it is in the hash, so that a link shows the same.

import { documents, index, involvements, kinds, nodes, raw, relations } from './data.mjs';
import { dayOf, iso } from './time.mjs';

export const VIEWS = ['matrix', 'partners', 'changes', 'people', 'sketch', 'network', 'path'];
const SORTS = { rows: ['frame', 'count', 'name'], columns: ['count', 'name', 'kind'], size: ['partners', 'things'] };

export const fresh = () => ({
  view: 'matrix',
  focus: index.has(raw.focus) ? [index.get(raw.focus)] : [],
  selected: -1,
  cell: /** @type {number[]} */ ([]),
  tab: 'facts',
  kinds: new Set(),
  hows: new Set(),
  relations: new Set(),
  documents: new Set(),
  agreement: -1,
  area: -1,
  day: /** @type {number | null} */ (null),
  derived: true,
  proposed: true,
  everybody: false,
  beside: false,
  rows: 'frame',
  columns: 'count',
  size: 'partners',
  also: -1,
  more: 0,
  series: 0,
  query: '',
  step: -1,
  embed: false,
  lang: raw.lang,
  theme: '',
});
export const now = fresh();
const listeners = [];

const ids = (list) => list.map((i) => encodeURIComponent(nodes.id[i])).join(',');
const nodesOf = (text) =>
  text
    .split(',')
    .map((id) => index.get(decodeURIComponent(id)))
    .filter((i) => i !== undefined);
const names = (set, list, key) =>
  [...set]
    .sort((a, b) => a - b)
    .map((k) => encodeURIComponent(list[k][key]))
    .join(',');
const setOf = (text, list, key) => {
  const wanted = new Set(text.split(',').map(decodeURIComponent));
  return new Set([...list.keys()].filter((k) => wanted.has(list[k][key])));
};
const flag = (key) => ({
  write: (s, base) => (s[key] === base[key] ? '' : s[key] ? '1' : '0'),
  read: (v) => ({ [key]: v === '1' }),
});
const node = (key) => ({
  write: (s) => (s[key] >= 0 ? ids([s[key]]) : ''),
  read: (v) => ({ [key]: nodesOf(v)[0] ?? -1 }),
});
const choice = (key, among) => ({
  write: (s, base) => (s[key] === base[key] ? '' : s[key]),
  read: (v) => (among.includes(v) ? { [key]: v } : {}),
});
const set = (key, list, field) => ({
  write: (s) => names(s[key], list, field),
  read: (v) => ({ [key]: setOf(v, list, field) }),
});
const whole = (key) => ({
  write: (s, base) => (s[key] === base[key] ? '' : String(s[key])),
  read: (v) => (/^\d{1,4}$/.test(v) ? { [key]: Number(v) } : {}),
});
// Each part of the state: its letters in the address, how it is written and how it is read.
/** @type {Record<string, {write: (s: any, base: any) => string, read: (v: string) => object}>} */
const PARTS = {
  v: choice('view', VIEWS),
  f: {
    write: (s, base) => (String(s.focus) === String(base.focus) ? '' : ids(s.focus) || '-'),
    read: (v) => ({ focus: v === '-' ? [] : nodesOf(v).slice(0, 3) }),
  },
  s: node('selected'),
  c: {
    write: (s) => (s.cell.length ? ids(s.cell) : ''),
    read: (v) => ({ cell: nodesOf(v).length === 2 ? nodesOf(v) : [] }),
  },
  tab: choice('tab', ['facts', 'filters', 'compare']),
  k: set('kinds', kinds, 'name'),
  h: set('hows', involvements, 'name'),
  r: set('relations', relations, 'name'),
  d: set('documents', documents, 'id'),
  g: node('agreement'),
  a: node('area'),
  t: {
    write: (s) => (s.day === null ? '' : iso(s.day)),
    read: (v) => (/^\d{4}-\d\d-\d\d$/.test(v) ? { day: dayOf(v) } : {}),
  },
  i: flag('derived'),
  m: flag('proposed'),
  e: flag('everybody'),
  b: flag('beside'),
  o: choice('rows', SORTS.rows),
  u: choice('columns', SORTS.columns),
  z: choice('size', SORTS.size),
  x: {
    write: (s) => (s.also >= 0 ? encodeURIComponent(kinds[s.also].name) : ''),
    read: (v) => ({ also: kinds.findIndex((one) => one.name === decodeURIComponent(v)) }),
  },
  w: whole('more'),
  n: whole('series'),
  q: { write: (s) => encodeURIComponent(s.query), read: (v) => ({ query: decodeURIComponent(v) }) },
  step: {
    write: (s) => (s.step < 0 ? '' : String(s.step)),
    read: (v) => (/^\d{1,3}$/.test(v) ? { step: Number(v) } : {}),
  },
  embed: flag('embed'),
  l: choice('lang', ['da', 'en']),
  th: choice('theme', ['light', 'dark']),
};

export const write = (s = now) => {
  const base = fresh();
  const made = Object.entries(PARTS).map(([key, part]) => [key, part.write(s, base)]);
  return made
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
};
// What an address says, over the first state; a part that cannot be read is left as it was there.
export const parse = (hash) => {
  const made = fresh();
  for (const one of hash.replace(/^#/, '').split('&')) {
    const cut = one.indexOf('=');
    const part = PARTS[one.slice(0, cut)];
    if (!part) continue;
    try {
      Object.assign(made, part.read(one.slice(cut + 1)));
    } catch {
      // a broken part of an address: the rest still holds
    }
  }
  if (made.view === 'path' && made.focus.length < 2) made.view = 'matrix';
  return made;
};
export const read = (hash) => Object.assign(now, parse(hash));

let depth = 0;
export const backSteps = () => depth;
const keep = (push) => {
  const hash = write();
  if (`#${hash}` === location.hash || (!hash && !location.hash)) return;
  try {
    if (push) {
      depth += 1;
      history.pushState({ depth }, '', `#${hash}`);
    } else history.replaceState({ depth }, '', `#${hash}`);
  } catch {
    location.hash = hash;
  }
};
const tell = (what) => {
  for (const one of listeners) one(what);
};
// `change` changes the state and tells everyone; steps that a person would want to go back from enter the history.
export const change = (changes, { push = false } = {}) => {
  const moved = ['view', 'focus', 'selected', 'cell'].some(
    (key) => key in changes && String(changes[key]) !== String(now[key]),
  );
  Object.assign(now, changes);
  keep(push || moved);
  tell(changes);
};
export const listen = (one) => listeners.push(one);
window.addEventListener('popstate', (event) => {
  depth = event.state?.depth ?? 0;
  read(location.hash);
  tell(null);
});

// The filters as they are without any choice, and how many differ from that.
const FILTERS = ['kinds', 'hows', 'relations', 'documents', 'agreement', 'area', 'day', 'derived', 'proposed'];
export const noFilters = () => {
  const base = fresh();
  return Object.fromEntries(FILTERS.map((key) => [key, base[key]]));
};
export const filterCount = () => {
  const base = noFilters();
  return FILTERS.map((key) => (now[key] instanceof Set ? now[key].size : Number(now[key] !== base[key]))).reduce(
    (a, b) => a + b,
    0,
  );
};
export const filterKey = () => FILTERS.map((key) => (now[key] instanceof Set ? [...now[key]] : now[key])).join('|');
