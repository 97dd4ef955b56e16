// People: name, role, unit, in which thing, and from which source and day. Only public roles in public documents are known.

import { claims, count, derived, isPerson, sparse, text, whole } from './data.mjs';
import { el } from './dom.mjs';
import * as Facts from './facts.mjs';
import * as Filters from './filters.mjs';
import { cell, nameButton, rolled, row, rowHead, rows } from './rolled.mjs';
import { now } from './state.mjs';
import { rowsOfActor, table } from './table.mjs';
import { said, told } from './time.mjs';
import { byName, name, pair, phrase, t } from './words.mjs';

const chain = (i) => {
  const found = [];
  for (let up = i; up >= 0 && !found.includes(up); up = whole(up)) found.push(up);
  return found;
};
// What a person's claims are about; with someone or something in view, those that touch it, a unit of it, or what it is in.
export const model = () => {
  Filters.refresh();
  const [focus] = now.focus;
  const own = new Set(now.focus.flatMap((i) => rowsOfActor(i).map((r) => table.thing[r])));
  const found = [];
  for (let c = 0; c < count; c += 1) {
    const person = [claims.s[c], claims.o[c]].find((i) => i >= 0 && isPerson(i));
    if (person === undefined || claims.o[c] < 0 || derived(c) || !Filters.claim(c)) continue;
    const end = claims.s[c] === person ? claims.o[c] : claims.s[c];
    if (isPerson(end)) continue;
    const behalf = sparse.behalf[c] ?? -1;
    const near = focus === undefined || [...chain(end), behalf, person].some((i) => now.focus.includes(i));
    if (near || own.has(end)) found.push({ person, end, c, near, behalf });
  }
  const mine = new Set(found.filter((one) => one.near).map((one) => one.person));
  const group = (inside) => {
    const byPerson = new Map();
    for (const one of found)
      if (mine.has(one.person) === inside) {
        if (!byPerson.has(one.person)) byPerson.set(one.person, []);
        byPerson.get(one.person).push(one);
      }
    return [...byPerson.entries()].sort(([a], [b]) => byName(a, b));
  };
  return { near: group(true), also: group(false) };
};

const cells = ({ person, end, c, behalf }) => [
  cell(
    {},
    pair(text('role', c)) || phrase(c, person),
    behalf >= 0 ? el('small', { text: t('facts.behalf', { name: name(behalf) }) }) : null,
  ),
  cell({}, nameButton(end)),
  cell({ class: 'day' }, said(c) || told(claims.w[c])),
  cell({}, Facts.source(c)),
];
// A person's rows stand below one name.
const body = ([person, found]) => {
  const head = rowHead({ rowspan: String(found.length) }, nameButton(person));
  return rows(found.map((one, n) => row(n ? null : head, ...cells(one))));
};
const HEADS = ['people.name', 'people.role', 'people.where', 'people.when', 'facts.source'];
const list = (title, people) =>
  people.length ? [el('h2', { text: title }), rolled('people', title, HEADS, ...people.map(body))] : [];
export const show = (place, tools) => {
  tools.replaceChildren();
  const made = model();
  const [focus] = now.focus;
  place.replaceChildren(
    ...list(
      focus === undefined ? t('people.all') : t('people.of', { name: now.focus.map(name).join(', ') }),
      made.near,
    ),
    ...list(t('people.also'), made.also),
  );
  return made;
};
