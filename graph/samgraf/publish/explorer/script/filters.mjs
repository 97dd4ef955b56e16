// Which claims and which rows of the table of collaborations the filters let through.

import { claims, count, derived, links, modality, nodes, place, raw, superseded } from './data.mjs';
import { filterKey, now } from './state.mjs';
import { mayHold } from './time.mjs';

const { table } = raw;
/** @type {Uint8Array | null} */
let allowed = null; // of claims: made when a view asks for claims
let rows = new Uint8Array(table.actor.length);
let key = '';

// Whether a thing stands under the agreement and the area chosen. What has no place of its own goes by what it is tied to.
const under = (i, root) => {
  const [agreement, area] = place(i);
  return i === root || agreement === root || area === root || (raw.frames.above[i] || []).includes(root);
};
const inScope = (...ends) =>
  [now.agreement, now.area].every((root) => root < 0 || ends.some((i) => i >= 0 && under(i, root)));
// What the view is about is never hidden by its kind.
const hiddenKind = (i) => now.kinds.has(nodes.kind[i]) && !now.focus.includes(i);
const life = (i) => raw.nodes.life[i];
const aliveNode = (i) => now.day === null || life(i) === undefined || mayHold(life(i), now.day);

const claimAllowed = (c) => {
  const [a, b] = [claims.s[c], claims.o[c]];
  if (superseded(c) && b >= 0) return false;
  if ((!now.derived && derived(c)) || (!now.proposed && modality(c))) return false;
  if (now.relations.has(claims.p[c]) || (claims.d[c] >= 0 && now.documents.has(claims.d[c]))) return false;
  if (hiddenKind(a) || (b >= 0 && hiddenKind(b))) return false;
  if (now.day !== null && !(mayHold(claims.w[c], now.day) && aliveNode(a) && (b < 0 || aliveNode(b)))) return false;
  return inScope(a, b);
};
const rowAllowed = (r) => {
  if (!now.derived && table.via[r]) return false;
  if (!now.proposed && table.mark[r] & 3) return false;
  if (now.hows.has(table.how[r]) || hiddenKind(table.actor[r]) || hiddenKind(table.thing[r])) return false;
  if (now.day !== null && !(mayHold(table.period[r], now.day) && aliveNode(table.thing[r]))) return false;
  if (now.documents.size) {
    const from = (table.claims[r] || []).map((c) => claims.d[c]).filter((d) => d >= 0);
    if (from.length && from.every((d) => now.documents.has(d))) return false;
  }
  return inScope(table.thing[r]);
};

export const refresh = () => {
  const fresh = `${filterKey()}|${now.focus}`;
  if (fresh === key && key) return;
  key = fresh;
  allowed = null;
  rows = Uint8Array.from({ length: table.actor.length }, (_, r) => Number(rowAllowed(r)));
};
export const claim = (c) => {
  allowed ??= Uint8Array.from({ length: count }, (_, k) => Number(claimAllowed(k)));
  return allowed[c] === 1;
};
export const row = (r) => rows[r] === 1;
// A thing may be listed though nobody is known to be in it.
export const thing = (i) => !hiddenKind(i) && aliveNode(i) && inScope(i);
export const node = (i) => !hiddenKind(i) && aliveNode(i);
export const neighbours = (i) => {
  const found = new Set();
  for (const c of links(i)) if (claim(c)) found.add(claims.s[c] === i ? claims.o[c] : claims.s[c]);
  found.delete(i);
  return found;
};
