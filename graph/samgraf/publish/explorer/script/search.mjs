// Search that forgives: names by all their spellings, and facts by the words in them: who, what, the role, the relation.

import {
  aliasesOf,
  claims,
  count,
  degree,
  derived,
  english,
  nodes,
  raw,
  relations,
  size,
  sparse,
  superseded,
  text,
} from './data.mjs';
import { fold, near } from './fold.mjs';

const namesOf = (i) => [nodes.da[i], english(i), ...(aliasesOf(i) || []), ...(nodes.short[i] || [])].filter(Boolean);
const both = (one) => (Array.isArray(one) ? one.join(' ') : String(one ?? ''));

/** @type {string[] | null} */
let spellings = null; // of each entity all names, folded, the main one first
const spelt = () => {
  spellings ??= Array.from({ length: size }, (_, i) => ` ${[...new Set(namesOf(i).map(fold))].join(' | ')} `);
  return spellings;
};
const foldedNames = (i) => spelt()[i].slice(1, -1).split(' | ');
/** @type {Map<string, number[]> | null} */
let words = null; // every word of every name, with the entities that have it: what a slip of the pen is looked up in
const wordsOfNames = () => {
  if (words) return words;
  words = new Map();
  spelt().forEach((text, i) => {
    for (const word of new Set(text.split(/[ |]+/))) {
      if (!words.has(word)) words.set(word, []);
      words.get(word).push(i);
    }
  });
  return words;
};
const rank = (i, query, parts) => {
  const text = spelt()[i];
  if (!text.includes(parts[0])) return 0;
  let best = 0;
  foldedNames(i).forEach((one, n) => {
    const main = n === 0 ? 1 : 0;
    if (one === query) best = Math.max(best, 100 + main);
    else if (one.startsWith(`${query} `)) best = Math.max(best, 90 + main);
    else if (one.startsWith(query)) best = Math.max(best, 80 + main);
    else if (one.includes(` ${query}`)) best = Math.max(best, 70 + main);
  });
  if (best) return best;
  if (parts.every((word) => text.includes(` ${word}`))) return 60;
  return parts.every((word) => text.includes(word)) ? 40 : 0;
};
// Entities that have each word of the query, or one that is a letter away from it, or begins so.
const slips = (parts) => {
  let kept = null;
  for (const part of parts) {
    const met = new Set();
    for (const [word, list] of wordsOfNames()) {
      const hit =
        word.startsWith(part) ||
        (part.length > 3 &&
          (near(part, word) || near(part, word.slice(0, part.length)) || near(part, word.slice(0, part.length + 1))));
      if (hit) for (const i of list) if (!kept || kept.has(i)) met.add(i);
    }
    kept = met;
  }
  return kept;
};
export const find = (typed, limit = 12) => {
  const query = fold(typed);
  if (!query) return [];
  const parts = query.split(' ');
  const bonus = (i) => Math.min(9, Math.log2(1 + degree(i)));
  const found = [];
  for (let i = 0; i < size; i += 1) {
    const score = rank(i, query, parts);
    if (score) found.push([score + bonus(i), i]);
  }
  if (found.length < 3 && query.length > 3) {
    const have = new Set(found.map(([, i]) => i));
    for (const i of slips(parts)) if (!have.has(i)) found.push([20 + bonus(i), i]);
  }
  return found
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .slice(0, limit)
    .map(([, i]) => i);
};
/** Whether a name of an entity begins with what was typed. */
export const begins = (i, typed) => foldedNames(i).some((one) => one.startsWith(fold(typed)));
/** The name that the query met, when it is not the one that is shown. */
export const met = (i, typed, shown) => {
  const query = fold(typed);
  if (fold(shown).includes(query)) return '';
  return namesOf(i).find((one) => fold(one).includes(query)) || '';
};

// Facts: the words of a claim are those of its ends (all their names), relation, role, value and whom it was made for. Each text
// is read once for a query, however many claims it is in.
/** @type {{relations: string[], roles: string[], values: Map<number, string>} | null} */
let told = null;
const texts = () => {
  if (told) return told;
  told = { relations: [], roles: [], values: new Map() };
  const padded = (text) => ` ${fold(text)} `;
  told.relations = relations.map((one) => padded(`${one.da} ${one.en} ${both(one.inverse)}`));
  told.roles = raw.words.map((one) => padded(both(one)));
  for (let c = 0; c < count; c += 1)
    if (claims.o[c] < 0)
      told.values.set(
        c,
        padded(
          `${both(text('text', c))} ${sparse.value[c] ?? ''} ${both(text('measure', c))} ${both(text('unit', c))}`,
        ),
      );
  return told;
};
// Made ready while nobody waits for it.
export const warm = () => {
  degree(0);
  spelt();
  texts();
};
// How a text has a word: 2 whole, 1 as the beginning of a word, 0 not.
const finder = (word) => {
  const [start, whole] = [` ${word}`, ` ${word} `];
  return (text) => (text.includes(start) ? (text.includes(whole) ? 2 : 1) : 0);
};
// Every word must begin a word of the fact; the fewer other words, and the more of its own, the better.
export const findFacts = (typed, limit = 8) => {
  const parts = fold(typed).split(' ').filter(Boolean);
  if (!parts.length || typed.trim().length < 3) return [];
  const [names, { relations: relating, roles, values }] = [spelt(), texts()];
  const met = parts.map((part) => {
    const hit = finder(part);
    return { hit, name: names.map(hit), relation: relating.map(hit), role: roles.map(hit) };
  });
  const score = (c, { hit, name, relation, role }) => {
    const [b, ofRole, behalf] = [claims.o[c], sparse.role[c], sparse.behalf[c]];
    let best = Math.max(name[claims.s[c]], relation[claims.p[c]]);
    if (b >= 0) best = Math.max(best, name[b]);
    else if (best < 2) best = Math.max(best, hit(values.get(c)));
    if (ofRole !== undefined) best = Math.max(best, role[ofRole]);
    return behalf === undefined ? best : Math.max(best, name[behalf]);
  };
  const long = (c) =>
    names[claims.s[c]].length +
    relating[claims.p[c]].length +
    (roles[sparse.role[c]]?.length ?? 0) +
    (claims.o[c] >= 0 ? names[claims.o[c]] : values.get(c)).length +
    (names[sparse.behalf[c]]?.length ?? 0);
  const found = [];
  for (let c = 0; c < count; c += 1) {
    if (derived(c) || superseded(c)) continue;
    let sum = 0;
    for (const one of met) {
      const own = score(c, one);
      sum = own ? sum + own : -1;
      if (!own) break;
    }
    if (sum > 0) found.push([sum * 10 - Math.log2(long(c)) + (claims.o[c] >= 0 ? 2 : 0), c]);
  }
  return found
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .slice(0, limit)
    .map(([, c]) => c);
};
