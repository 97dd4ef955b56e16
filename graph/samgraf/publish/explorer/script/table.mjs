// The table of collaborations, read under the filters: who is in what, and who is in it together. Nothing is guessed here:
// a row says whether it counts as collaboration, what it counts as, and whether everybody is in it.

import { raw, size } from './data.mjs';
import * as Filters from './filters.mjs';
import { overlap } from './time.mjs';
import { byName } from './words.mjs';

export const { table } = raw;
const by = (column) => {
  const found = new Map();
  column.forEach((i, r) => {
    if (!found.has(i)) found.set(i, []);
    found.get(i).push(r);
  });
  return (i) => (found.get(i) || []).filter(Filters.row);
};
export const rowsOfActor = by(table.actor);
export const rowsOfThing = by(table.thing);
export const rowsOfRoot = by(table.root);
export const collaborates = (r) => (table.mark[r] & 4) !== 0;
export const everybody = (r) => (table.mark[r] & 8) !== 0;
export const modality = (r) => table.mark[r] & 3;
export const derived = (r) => table.via[r] !== undefined;
export const all = () => table.actor.map((_, r) => r).filter(Filters.row);

// The rows of an actor in a thing, the most telling first: what counts, what is stated, what is direct.
export const between = (actor, thing) => telling(rowsOfThing(thing).filter((r) => table.actor[r] === actor));
export const telling = (rows) => rows.sort((a, b) => weight(a) - weight(b) || a - b);
const weight = (r) => Number(!collaborates(r)) * 100 + modality(r) * 20 + Number(derived(r)) * 10 + table.how[r] / 100;

// Whether two rows tell of a collaboration: in the same thing, at the same time, and neither belongs to the other.
const belong = (a, b) => (raw.belonging[a] || []).includes(b) || (raw.belonging[b] || []).includes(a);
const together = (a, b) =>
  table.actor[a] !== table.actor[b] &&
  collaborates(b) &&
  overlap(table.period[a], table.period[b]) &&
  !belong(table.actor[a], table.actor[b]);

// Those with whom an actor collaborates: each with the things shared, those where everybody is in apart.
export const partners = (actor) => {
  const found = new Map();
  for (const a of rowsOfActor(actor).filter(collaborates))
    for (const b of rowsOfRoot(table.root[a]))
      if (together(a, b)) {
        const partner = table.actor[b];
        if (!found.has(partner)) found.set(partner, { actor: partner, shared: new Map(), everybody: new Set(), pairs: [] });
        const one = found.get(partner);
        if (everybody(a)) one.everybody.add(table.root[a]);
        else {
          if (!one.shared.has(table.root[a])) one.shared.set(table.root[a], new Set());
          one.shared.get(table.root[a]).add(a).add(b);
          one.pairs.push([a, b]);
        }
      }
  return [...found.values()].sort((x, y) => y.shared.size - x.shared.size || byName(x.actor, y.actor));
};
export const roots = (actor) =>
  new Set(
    rowsOfActor(actor)
      .filter(collaborates)
      .map((r) => table.root[r]),
  );

// All pairs of actors with the things that they share; what everybody is in joins nobody.
export const pairs = () => {
  const inside = new Map();
  for (const r of all())
    if (collaborates(r) && !everybody(r)) {
      if (!inside.has(table.root[r])) inside.set(table.root[r], []);
      inside.get(table.root[r]).push(r);
    }
  const found = new Map();
  for (const [root, rows] of inside)
    for (let x = 0; x < rows.length; x += 1)
      for (let y = x + 1; y < rows.length; y += 1)
        if (together(rows[x], rows[y])) {
          const [one, two] = [table.actor[rows[x]], table.actor[rows[y]]];
          const [a, b] = one < two ? [one, two] : [two, one];
          const key = a * size + b;
          const known = found.get(key);
          if (!known) found.set(key, { a, b, things: [root] });
          else if (known.things.at(-1) !== root) known.things.push(root); // one root is done before the next
        }
  return [...found.values()];
};
