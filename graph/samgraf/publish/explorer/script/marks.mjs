// What of the network is drawn, as points and lines: communities and the ties between them, or actors and theirs.

import * as Also from './also.mjs';
import { groupName, homeOf } from './communities.mjs';
import { look, raw, size } from './data.mjs';
import { now } from './state.mjs';
import { name, number, short } from './words.mjs';

const { joint } = raw;
const spots = new Map(joint.actor.map((i, n) => [i, [joint.x[n], joint.y[n]]]));
const spot = (i) => spots.get(i) ?? [0, 0];
const NAMED = 60; // of more communities than these only the largest have a name

const colour = (variable) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
const hues = () => raw.looks.map((one) => colour(`--family-${one.name}`));
const radius = (n, most) => 4 + 11 * Math.sqrt(n / Math.max(1, most));
const shorten = (text) => (text.length > 30 ? `${text.slice(0, 29)}…` : text);

// A community's number as a point: below all numbers of actors.
const asPoint = (id) => -2 - id;
export const communityAt = (point) => (point < -1 ? asPoint(point) : -1);

export const communities = (made) => {
  const [ink, paper, colours] = [colour('--ink'), colour('--paper'), hues()];
  const middle = ({ actors }, axis) => actors.reduce((sum, i) => sum + spot(i)[axis], 0) / actors.length;
  const most = made.groups[0]?.actors.length;
  const lines = new Map();
  for (const one of made.ties) {
    const [a, b] = [homeOf(one.a), homeOf(one.b)];
    if (a === b) continue;
    const key = Math.min(a, b) * size + Math.max(a, b);
    if (!lines.has(key)) lines.set(key, { from: asPoint(a), to: asPoint(b), n: 0 });
    lines.get(key).n += one.things.length;
  }
  return {
    points: made.groups.map((one, rank) => ({
      id: asPoint(one.id),
      x: middle(one, 0),
      y: middle(one, 1),
      shape: 'dot',
      size: radius(one.actors.length, most) * 2.4,
      color: colours[rank % colours.length],
      title: rank < NAMED ? `${shorten(groupName(one))} (${number(one.actors.length)})` : '',
      font: { color: ink, face: 'sans-serif', strokeColor: paper },
    })),
    lines: [...lines.values()].map(({ from, to, n }) => ({ from, to, width: Math.min(9, 1 + Math.sqrt(n)) })),
  };
};
// Those of one community, or all; and what else was asked for, amid those it is joined to.
export const actors = (made, inside) => {
  const [ink, sheet, colours] = [colour('--ink'), colour('--sheet'), hues()];
  const font = { color: ink, face: 'sans-serif', strokeColor: sheet };
  const rank = new Map(made.groups.map((one, k) => [one.id, k]));
  const middle = (i) => now.focus.includes(i); // what the page is about has a ring, and its name before others
  const wanted = made.actors
    .filter((i) => inside < 0 || homeOf(i) === inside)
    .sort((a, b) => Number(middle(b)) - Number(middle(a)));
  const seen = new Set(wanted);
  const most = Math.max(1, ...wanted.map((i) => made.size.get(i)));
  const more = Also.marks(
    made.also.map(({ i, near }) => ({ i, near: near.filter((one) => seen.has(one)) })).filter((one) => one.near.length),
    spot,
    (i) => ({ color: colour(`--family-${look(i)}`), title: shorten(name(i)), font }),
  );
  const points = wanted.map((i) => ({
    id: i,
    x: spot(i)[0],
    y: spot(i)[1],
    shape: 'dot',
    size: radius(made.size.get(i), most),
    color: colours[rank.get(homeOf(i)) % colours.length],
    ring: middle(i) ? ink : '',
    title: shorten(short(i)),
    font,
  }));
  const lines = made.ties
    .filter((one) => seen.has(one.a) && seen.has(one.b))
    .map((one) => ({ from: one.a, to: one.b, width: Math.min(10, 0.6 + one.things.length * 0.9) }));
  return { points: [...points, ...more.points], lines: [...lines, ...more.lines] };
};
