// Claims in plain words: what is said, when, in what role, and where it stands.

import { App } from './actions.mjs';
import {
  claimId,
  claimNote,
  claims,
  derived,
  documents,
  facts,
  links,
  modality,
  other,
  periods,
  raw,
  relations,
  sparse,
  strings,
  superseded,
  text,
} from './data.mjs';
import { button, el, hidden } from './dom.mjs';
import * as Filters from './filters.mjs';
import { pageOf } from './pages.mjs';
import { markOf } from './shapes.mjs';
import { dateText, said, told } from './time.mjs';
import { compare, language, list, name, number, pair, phrase, t, title } from './words.mjs';

export const value = (c) => {
  if (sparse.when[c] !== undefined) return dateText(sparse.when[c]);
  const held = sparse.value[c];
  if (typeof held !== 'number') return held ?? pair(text('text', c));
  const parts = [number(held), pair(text('unit', c))].filter(Boolean).join(' ');
  const what = [text('measure', c), text('population', c)].filter(Boolean).map(pair).join(', ');
  return what ? `${parts} – ${what}` : parts;
};
const lines = (a, b) =>
  a < 0 ? '' : a === b ? t('facts.line', { a: String(a) }) : t('facts.lines', { a: String(a), b: String(b) });
export const where = (c) => {
  const all = [];
  if (claims.d[c] >= 0 && !derived(c))
    all.push([claims.d[c], claims.h[c], claims.l[c], claims.l[c] < 0 ? -1 : claims.l[c] + claims.e[c]]);
  return all
    .concat(sparse.more[c] || [])
    .map(([d, h, a, b]) => ({ document: documents[d], section: h >= 0 ? strings[h] : '', lines: lines(a, b) }));
};
// A role that the phrase has already in it ('deltager i', 'er vært for') is not said twice.
const says = (c, role) =>
  [phrase(c), phrase(c, claims.o[c])].some((one) => one.toLowerCase().includes(role.toLowerCase().slice(0, 7)));
const when = (c) => said(c) || (claims.o[c] >= 0 && !derived(c) ? told(claims.w[c]) : '');
export const meta = (c) => {
  const role = text('role', c);
  return [
    role && !says(c, pair(role)) ? pair(role) : '',
    sparse.behalf[c] === undefined ? '' : t('facts.behalf', { name: name(sparse.behalf[c]) }),
    sparse.via[c] ? t('facts.via', { names: list(sparse.via[c].map(name)) }) : '',
    sparse.figure[c] ? t(`figure.${sparse.figure[c]}`) : '',
    when(c),
  ]
    .filter(Boolean)
    .join(' · ');
};
export const tags = (c) => [
  derived(c) ? el('span', { class: 'tag derived', text: t('facts.derived') }) : null,
  modality(c)
    ? el('span', { class: 'tag proposed', text: t(modality(c) === 1 ? 'facts.proposed' : 'facts.expected') })
    : null,
  superseded(c) ? el('span', { class: 'tag', text: t('facts.superseded') }) : null,
];
export const sentence = (c) => `${name(claims.s[c])} ${phrase(c)} ${claims.o[c] >= 0 ? name(claims.o[c]) : value(c)}`;
const link = (address) => {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  return ['http:', 'https:'].includes(url.protocol)
    ? el('a', { href: url.href, rel: 'noopener noreferrer', target: '_blank', text: address })
    : null;
};
const summary = (c) => {
  if (derived(c)) return t('facts.because');
  const [first, ...rest] = where(c);
  if (!first) return t('facts.source');
  const more = rest.length ? ` + ${rest.length}` : '';
  return [
    hidden(`${t('facts.source')}: `),
    el('span', { class: 'from', text: title(first.document) }),
    el('span', { class: 'at', text: `${first.lines}${more}` }),
  ];
};
const ruleName = (rule) => pair(raw.rules[rule] ?? rule).toLowerCase();
// The source of a claim, folded: document, heading, lines, the passage when the page has it; of a derived one, its grounds.
const claimPage = (c) => {
  const page = pageOf('claim', claimId(c));
  return page ? el('a', { href: page, text: claimId(c) }) : claimId(c);
};
export const source = (c, also = []) => {
  const body = el('div', { class: 'source-body' });
  const held = el('details', { class: 'source', 'data-claim': String(c) }, el('summary', {}, summary(c)), body);
  const fill = () => {
    if (body.firstChild) return;
    const all = [c, ...also];
    const rules = [...new Set(all.map((one) => sparse.rule[one]).filter(Boolean))];
    if (derived(c))
      body.append(el('p', { class: 'where', text: t('facts.rule', { rule: rules.map(ruleName).join(', ') || '–' }) }));
    for (const ground of new Set(all.flatMap((one) => sparse.because[one] || [])))
      body.append(el('div', {}, el('p', { text: sentence(ground) }), ...places(ground)));
    if (!derived(c)) body.append(...places(c));
    const note = claimNote(c)?.[language()];
    if (note) body.append(el('p', { class: 'where', text: note }));
    if (claimId(c)) body.append(el('p', { class: 'where claim-id' }, claimPage(c)));
  };
  held.firstChild.addEventListener('click', fill);
  held.addEventListener('toggle', fill);
  return held;
};
const named = (one) => {
  const made = one.url ? link(one.url) : null;
  if (made) made.textContent = title(one);
  return made || title(one);
};
// Document, heading and lines of each passage; what is as in the passage before is not said again.
const places = (c) => {
  let before = null;
  return where(c).flatMap((one, k) => {
    const passage = (sparse.passages[c] || [])[k];
    const sameDocument = before?.document === one.document;
    const section = sameDocument && before.section === one.section ? '' : one.section;
    before = one;
    return [
      sameDocument ? null : el('p', {}, named(one.document)),
      el('p', { class: 'where', text: [section, one.lines].filter(Boolean).join(' · ') }),
      passage ? el('blockquote', { text: passage, 'aria-label': t('facts.passage') }) : null,
    ].filter(Boolean);
  });
};
// One row may stand on several claims: the same is said in more than one place.
const row = (same, i) => {
  const [c] = same;
  const target = claims.o[c] < 0 ? -1 : other(c, i);
  const said = target < 0 ? value(c) : '';
  const main =
    target >= 0
      ? button(name(target), () => App.select(target), { class: 'fact-name' })
      : el('span', {}, (typeof said === 'string' && link(said)) || said);
  // A derived fact may follow in many ways: they are told in one breath.
  const ways = derived(c) && same.length > 1;
  const via = ways ? [...new Set(same.flatMap((one) => sparse.via[one] || []))].map(name) : [];
  const names = via.length > 3 ? [...via.slice(0, 3), `+ ${via.length - 3}`].join(', ') : list(via);
  const small = ways ? (via.length ? t('facts.via', { names }) : '') : meta(c);
  const marks = tags(c).filter(Boolean);
  return el(
    'div',
    { class: 'fact' },
    el(
      'div',
      { class: 'fact-line' },
      target >= 0 ? markOf(target) : null,
      el(
        'div',
        { class: 'fact-main' },
        main,
        small || marks.length ? el('div', { class: 'fact-meta' }, ...marks, small) : null,
        ...(ways ? [source(c, same.slice(1))] : same.map((one) => source(one))),
      ),
    ),
  );
};
const begins = (c) => periods[claims.w[c]][0] ?? -1e6;
const SHOWN = 6;
export const group = (heading, all, i) => {
  const made = el(
    'section',
    { class: 'group' },
    el('h3', {}, el('span', { text: heading }), all.length > 3 ? el('small', { text: number(all.length) }) : null),
  );
  const few = all.length > SHOWN + 1 ? all.slice(0, SHOWN) : all;
  for (const same of few) made.append(row(same, i));
  if (few.length < all.length)
    made.append(
      button(
        t('facts.more', { n: all.length - SHOWN }),
        (event) => {
          const rest = all.slice(SHOWN).map((same) => row(same, i));
          event.currentTarget.replaceWith(...rest);
          rest[0].querySelector('button, summary')?.focus();
        },
        { class: 'more' },
      ),
    );
  return made;
};
// Everything about one node, grouped by what it says, in the order of the vocabulary; what is only derived comes last.
export const groups = (i) => {
  const keys = new Map();
  const add = (c) => {
    const turned = claims.o[c] >= 0 && claims.s[c] !== i;
    const key = `${claims.p[c]}|${turned}`;
    if (!keys.has(key))
      keys.set(key, { title: phrase(c, i), order: relations[claims.p[c]].order, turned, list: [], derived: true });
    keys.get(key).list.push(c);
    keys.get(key).derived &&= derived(c);
  };
  // What a rule derived and a document says too is left to the document.
  const stated = new Set();
  for (const c of links(i)) if (Filters.claim(c) && !derived(c)) stated.add(other(c, i));
  let out = 0;
  for (const c of [...facts(i), ...links(i)]) {
    if (!Filters.claim(c)) out += 1;
    else if (!derived(c) || !stated.has(other(c, i))) add(c);
  }
  const rank = (one) => Number(one.derived) * 1e7 + one.order * 2 + Number(one.turned);
  const made = [...keys.values()].sort((a, b) => rank(a) - rank(b));
  for (const one of made) {
    one.list.sort(
      (a, b) =>
        Number(derived(a)) - Number(derived(b)) ||
        begins(a) - begins(b) ||
        (claims.o[a] >= 0 ? compare(name(other(a, i)), name(other(b, i))) : a - b),
    );
    const same = new Map();
    for (const c of one.list) {
      const target = claims.o[c] < 0 ? value(c) : other(c, i);
      const key = [target, derived(c) ? '' : meta(c), claims.m[c]].join('|');
      same.set(key, [...(same.get(key) || []), c]);
    }
    one.list = [...same.values()];
  }
  return { made, out };
};
