// Paths: the shortest way between two, by breadth-first search over the claims that the filters let through.

import { degree, derived, links, other } from './data.mjs';
import * as Filters from './filters.mjs';

export const between = (a, b) => {
  const [small, big] = links(a).length < links(b).length ? [a, b] : [b, a];
  return [...links(small)]
    .filter((c) => other(c, small) === big && Filters.claim(c))
    .sort((x, y) => Number(derived(x)) - Number(derived(y)) || x - y);
};
// Among equals the way through what is less busy: what everybody is in says little.
export const path = (a, b) => {
  Filters.refresh();
  if (a === b) return [a];
  const before = new Map([[a, -1]]);
  let ring = [a];
  while (ring.length && !before.has(b)) {
    const next = new Map();
    for (const i of ring)
      for (const j of Filters.neighbours(i)) {
        if (before.has(j)) continue;
        const known = next.get(j);
        if (known === undefined || degree(i) < degree(known)) next.set(j, i);
      }
    for (const [j, i] of next) before.set(j, i);
    ring = [...next.keys()];
  }
  if (!before.has(b)) return null;
  const steps = [b];
  while (steps[0] !== a) steps.unshift(before.get(steps[0]));
  return steps;
};
export const stated = (list) => (derived(list[0]) ? list : list.filter((c) => !derived(c)));
