// Who × what: rows are things by agreement and area, parts below their whole; columns are those who are in them.
// This is the model of the view: the page draws it as a table, the exports write the same.

import { isAgreement, isArea, kinds, listing, nodes, place, raw, standsFor, whole } from './data.mjs';
import * as Filters from './filters.mjs';
import { now } from './state.mjs';
import {
  between,
  collaborates,
  everybody,
  partners,
  roots,
  rowsOfActor,
  rowsOfThing,
  table,
  telling,
} from './table.mjs';
import { byName, compare, counted, countedKind, countedThing, list, name, t } from './words.mjs';

const listed = Object.keys(raw.frames.place).map(Number);
const actorIds = new Set(table.actor);
export const isActor = (i) => actorIds.has(i) && !isAgreement(i);

// The things and the actors of the view: of one actor, of two or three to compare, of one thing, of an agreement or area, of all.
const scope = () => {
  const [focus, ...more] = now.focus;
  if (more.length) return { things: union(now.focus.map(thingsOf)), actors: now.focus, self: -1 };
  if (focus === undefined) return { things: everything(), actors: busiest(everything()), self: -1 };
  if (isActor(focus)) return { things: thingsOf(focus), actors: [], self: focus };
  const below =
    isAgreement(focus) || isArea(focus) ? listed.filter((i) => isUnder(i, focus) && isThing(i)) : parts(focus);
  const things = [...new Set([focus, ...below])].filter(
    (i) => rowsOfThing(i).length || (i !== focus && Filters.thing(i)),
  );
  return { things, actors: busiest(things), self: -1 };
};
const union = (lists) => [...new Set(lists.flat())];
const thingsOf = (actor) => union([rowsOfActor(actor).map((r) => table.thing[r])]);
const isThing = (i) => kinds[nodes.kind[i]].thing === 0 || rowsOfThing(i).length > 0;
const everything = () => listed.filter((i) => Filters.thing(i) && isThing(i));
const isUnder = (i, root) => i !== root && (place(i).includes(root) || (raw.frames.above[i] || []).includes(root));
const parts = (i) => listed.filter((k) => whole(k) === i);
// Those who collaborate in these things, those in most of them first.
const busiest = (things) => {
  const counts = new Map();
  for (const i of things) {
    const seen = new Set();
    for (const r of rowsOfThing(i)) {
      const key = `${table.actor[r]} ${table.root[r]}`;
      if (collaborates(r) && !seen.has(key)) {
        seen.add(key);
        counts.set(table.actor[r], (counts.get(table.actor[r]) || 0) + 1);
      }
    }
  }
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || byName(a, b));
};

// The first row of a cell stands for it; the others say more of the same. Cells stand in the order of the columns.
/** @param {number[]} rows @param {Map<number, number>} columns */
const cellsOf = (rows, columns) => {
  const actors = [...new Set(rows.map((r) => table.actor[r]))].filter((actor) => columns.has(actor));
  return new Map(
    actors
      .sort((a, b) => columns.get(a) - columns.get(b))
      .map((actor) => [actor, telling(rows.filter((r) => table.actor[r] === actor))]),
  );
};
const rowOf = (thing, columns, depth) => {
  const rows = rowsOfThing(thing);
  return {
    thing,
    depth,
    cells: cellsOf(rows, columns),
    actors: new Set(rows.filter(collaborates).map((r) => table.actor[r])).size,
    everybody: rows.some(everybody),
  };
};

// Parts stand below their whole, where that is in the view.
const nested = (things, order) => {
  const inside = new Set(things);
  const below = new Map();
  const tops = [];
  for (const i of things) {
    const up = standsFor(i, inside);
    if (up >= 0) below.set(up, [...(below.get(up) || []), i]);
    else tops.push(i);
  }
  const seen = new Set();
  const walk = (i, depth) => {
    if (seen.has(i)) return [];
    seen.add(i);
    return [[i, depth], ...(below.get(i) || []).sort(order).flatMap((k) => walk(k, depth + 1))];
  };
  return [...tops.sort(order), ...things].flatMap((i) => walk(i, 0));
};
// Groups by where the top thing stands: the newest agreement first, each area by name, what stands nowhere last.
const grouped = (pairs, columns, order) => {
  const groups = new Map();
  let at = null;
  for (const [i, depth] of pairs) {
    if (!depth) {
      const [agreement, area] = isAgreement(i) ? [i, -1] : place(i);
      const key = now.rows === 'frame' ? `${agreement} ${area}` : '';
      if (!groups.has(key)) groups.set(key, { agreement: key ? agreement : -1, area: key ? area : -1, rows: [] });
      at = groups.get(key);
    }
    at.rows.push(rowOf(i, columns, depth));
  }
  const rank = new Map(raw.frames.agreements.map((i, n) => [i, n]));
  return [...groups.values()].sort(
    (a, b) =>
      (rank.get(b.agreement) ?? -1) - (rank.get(a.agreement) ?? -1) ||
      Number(a.area < 0) - Number(b.area < 0) ||
      (a.area >= 0 && b.area >= 0 ? byName(a.area, b.area) : 0) ||
      order(a.rows[0].thing, b.rows[0].thing),
  );
};
// In a comparison things are grouped by who of the compared is in them: all, some, one.
const compared = (pairs, columns) => {
  const groups = new Map();
  for (const [i] of pairs) {
    const row = rowOf(i, columns, 0);
    const inside = [...row.cells.keys()];
    const key = inside.join(' ');
    if (!groups.has(key)) groups.set(key, { agreement: -1, area: -1, inside, rows: [] });
    groups.get(key).rows.push(row);
  }
  return [...groups.values()].sort(
    (a, b) => b.inside.length - a.inside.length || compare(String(a.inside), String(b.inside)),
  );
};
const sorters = (counts) => ({
  frame: (a, b) => kinds[nodes.kind[a]].thing - kinds[nodes.kind[b]].thing || byName(a, b),
  name: byName,
  count: (a, b) => counts.get(b) - counts.get(a) || byName(a, b),
});

// Counted as the command does it: of the kinds that its first list shows (where there are any), by kind, parts apart.
const summary = (all) => {
  const first = raw.things[0]?.listing;
  const some = all.filter((i) => listing(i) === first);
  const shown = some.length ? some : all;
  const inside = new Set(shown);
  const groups = new Map();
  for (const i of shown) {
    const k = kinds[nodes.kind[i]].thing;
    if (!groups.has(k)) groups.set(k, []);
    groups.get(k).push(i);
  }
  const say = (k) => {
    const group = groups.get(k);
    const parts = group.filter((i) => standsFor(i, inside) >= 0).length;
    const types = new Set(group.map((i) => nodes.kind[i]));
    const n = group.length - parts;
    const text = types.size === 1 ? countedKind([...types][0], n) : countedThing(k, n);
    return parts ? t('lead.parts', { things: text, parts: counted('noun.part', parts) }) : text;
  };
  return {
    text: list([...groups.keys()].sort((a, b) => a - b).map(say)),
    count: shown.length,
    rest: all.length - shown.length,
  };
};

// What is folded to a line in the view (what everybody is in, what one is only mentioned with) is all there for the exports.
export const model = ({ whole: full = false } = {}) => {
  Filters.refresh();
  const { things, actors, self } = scope();
  const isWith = (i) => self < 0 || between(self, i).some(collaborates);
  const common = things.filter((i) => isWith(i));
  const beside = things.filter((i) => !isWith(i));
  const forAll = self < 0 ? [] : common.filter((i) => between(self, i).some((r) => collaborates(r) && everybody(r)));
  // A fold beside nothing would hide all there is.
  const open = {
    everybody: full || now.everybody || forAll.length === common.length,
    beside: full || now.beside || !common.length,
  };
  const shown = open.everybody ? common : common.filter((i) => !forAll.includes(i));
  const mates = self < 0 ? [] : partners(self);
  const near = mates.filter((one) => open.everybody || one.shared.size);
  const people = self < 0 ? actors : [self, ...near.map((one) => one.actor)];
  const counts = new Map(people.map((i) => [i, 0]));
  if (self < 0) {
    const inView = new Set(things);
    for (const actor of people)
      counts.set(
        actor,
        new Set(
          rowsOfActor(actor)
            .filter((r) => inView.has(table.thing[r]) && collaborates(r))
            .map((r) => table.root[r]),
        ).size,
      );
  } else {
    counts.set(self, roots(self).size);
    for (const one of near) counts.set(one.actor, one.shared.size + (open.everybody ? one.everybody.size : 0));
  }
  const columnSort = {
    count: (a, b) => counts.get(b) - counts.get(a) || byName(a, b),
    name: byName,
    kind: (a, b) => nodes.kind[a] - nodes.kind[b] || byName(a, b),
  }[now.columns];
  const columns =
    now.focus.length > 1
      ? people
      : [...people].sort((a, b) => Number(b === self) - Number(a === self) || columnSort(a, b));
  const perThing = new Map(
    things.map((i) => [
      i,
      new Set(
        rowsOfThing(i)
          .filter(collaborates)
          .map((r) => table.actor[r]),
      ).size,
    ]),
  );
  const order = sorters(perThing)[now.rows] || byName;
  const places = new Map(columns.map((i, k) => [i, k]));
  const make = (list_) =>
    now.focus.length > 1 ? compared(nested(list_, order), places) : grouped(nested(list_, order), places, order);
  const groups = make(shown);
  return {
    self,
    groups,
    beside: beside.length && open.beside ? make(beside).flatMap((one) => one.rows) : [],
    besides: beside,
    everybody: forAll,
    open,
    columns,
    counts,
    partners: mates,
    far: mates.filter((one) => !one.shared.size),
    sum: summary(common),
    things: common,
    kinds: [...new Set(columns.map((i) => nodes.kind[i]))],
  };
};
export const allRows = (made) => [...made.groups.flatMap((one) => one.rows), ...made.beside];
export const title = (group) =>
  group.inside
    ? ''
    : [group.area, group.agreement]
        .filter((i) => i >= 0)
        .map(name)
        .join(' · ');
