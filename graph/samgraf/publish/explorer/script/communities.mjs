// The network as numbers: actors with what their size means, ties with the things shared, and the communities.

import * as Also from './also.mjs';
import { raw } from './data.mjs';
import * as Filters from './filters.mjs';
import { now } from './state.mjs';
import { collaborates, pairs, rowsOfActor, table } from './table.mjs';
import { list, name } from './words.mjs';

const { joint } = raw;
const home = new Map(joint.actor.map((i, n) => [i, joint.community[n]]));
export const homeOf = (i) => home.get(i) ?? -1;

// How many things an actor is in that count as collaboration.
const inHowMany = (i) =>
  new Set(
    rowsOfActor(i)
      .filter(collaborates)
      .map((r) => table.root[r]),
  ).size;
export const model = () => {
  Filters.refresh();
  const ties = pairs();
  const size = new Map();
  for (const { a, b } of ties) for (const i of [a, b]) size.set(i, (size.get(i) ?? 0) + 1);
  if (now.size === 'things') for (const i of size.keys()) size.set(i, inHowMany(i));
  const actors = [...size.keys()].sort((a, b) => size.get(b) - size.get(a) || a - b);
  return { actors, ties, size, groups: groupsOf(actors, ties), also: Also.joined(now.also, actors) };
};
// Communities, the largest first, each with the two things that most of its pairs share.
const groupsOf = (actors, ties) => {
  const found = new Map();
  for (const i of actors) {
    const id = homeOf(i);
    if (!found.has(id)) found.set(id, { id, actors: [], things: new Map() });
    found.get(id).actors.push(i);
  }
  for (const { a, b, things } of ties)
    if (homeOf(a) === homeOf(b)) {
      const own = found.get(homeOf(a)).things;
      for (const thing of things) own.set(thing, (own.get(thing) ?? 0) + 1);
    }
  const top = (things) => [...things].sort(([i, n], [j, m]) => m - n || i - j).slice(0, 2);
  return [...found.values()]
    .map((one) => ({ id: one.id, actors: one.actors, top: top(one.things).map(([i]) => i) }))
    .sort((a, b) => b.actors.length - a.actors.length || a.id - b.id);
};
export const groupName = (one) => list((one.top.length ? one.top : one.actors.slice(0, 2)).map(name));
