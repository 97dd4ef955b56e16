// What the network can show beside the actors when asked for: things, themes, agenda items – any kind that is tied to what they share.

import { kinds, links, nodes, other, size, standsFor } from './data.mjs';
import * as Filters from './filters.mjs';
import { all, collaborates, everybody, table } from './table.mjs';

// The things that actors share, each with those of the network that are in it.
const shared = (actors) => {
  const known = new Set(actors);
  const found = new Map();
  for (const r of all())
    if (collaborates(r) && !everybody(r) && known.has(table.actor[r])) {
      if (!found.has(table.root[r])) found.set(table.root[r], new Set());
      found.get(table.root[r]).add(table.actor[r]);
    }
  return found;
};
// An entity is joined to the actors that are in it, in what it is tied to, or that it is tied to itself.
const around = (i, inside, known) => {
  const found = new Set();
  for (const end of [i, ...[...links(i)].filter(Filters.claim).map((c) => other(c, i))]) {
    if (known.has(end)) found.add(end);
    const root = inside.has(end) ? end : end === i ? -1 : standsFor(end, inside);
    for (const actor of inside.get(root) || []) found.add(actor);
  }
  return found;
};
/** The kinds that can be asked for: none of theirs is an actor of the network, and none is a person. */
export const offered = (actors) => {
  const taken = new Set(actors.map((i) => nodes.kind[i]));
  return [...new Set(nodes.kind)].filter((k) => !taken.has(k) && !kinds[k].person).sort((a, b) => a - b);
};
/** The entities of a kind that are tied to the actors, each with those it is joined to; none of no kind, or of the actors' own. */
export const joined = (k, actors) => {
  if (k < 0 || actors.some((i) => nodes.kind[i] === k)) return [];
  const [known, inside] = [new Set(actors), shared(actors)];
  const found = [];
  for (let i = 0; i < size; i += 1)
    if (nodes.kind[i] === k && Filters.node(i)) {
      const near = around(i, inside, known);
      if (near.size) found.push({ i, near: [...near] });
    }
  return found;
};
/** Points and lines: each lies amid those it is joined to, a little aside so that none hides another. */
export const marks = (those, spot, look) => ({
  points: those.map(({ i, near }, n) => {
    const middle = (axis) => near.reduce((sum, actor) => sum + spot(actor)[axis], 0) / near.length;
    const [turn, far] = [n * 2.4, 10 + 5 * Math.sqrt(n)];
    return {
      ...look(i),
      id: i,
      x: middle(0),
      y: middle(1),
      aside: [far * Math.cos(turn), far * Math.sin(turn)],
      shape: 'diamond',
      size: 6,
    };
  }),
  lines: those.flatMap(({ i, near }) => near.map((actor) => ({ from: i, to: actor, width: 0.6, dashes: true }))),
});
