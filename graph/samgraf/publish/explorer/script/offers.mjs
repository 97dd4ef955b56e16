// What the search box offers for what is typed, and how each offer is shown.

import { claims, queries as answers, raw, text } from './data.mjs';
import { el } from './dom.mjs';
import { value } from './facts.mjs';
import { fold } from './fold.mjs';
import { pageOf } from './pages.mjs';
import { begins, find, findFacts, met } from './search.mjs';
import { markOf } from './shapes.mjs';
import { kindName, list, name, pair, phrase, t } from './words.mjs';

// Two who are in things, named one after the other: viborg skive. Some word may stand between them: viborg og skive.
const two = (typed) => {
  const parts = typed.trim().split(/\s+/);
  const sole = (words) => {
    const [i] = find(words.join(' '), 1);
    return i !== undefined && acting.has(i) && begins(i, words.join(' ')) ? i : -1;
  };
  for (let k = 1; k < parts.length; k += 1)
    for (const next of [k, k + 1]) {
      const [a, b] = [sole(parts.slice(0, k)), sole(parts.slice(next))];
      if (a >= 0 && b >= 0 && a !== b && (next === k || fold(parts[k]) === fold(t('and')))) return [a, b];
    }
  return null;
};
// Names, then what can be asked of the first of them, then facts, then the library's answers.
const VIEWS = ['matrix', 'partners', 'changes', 'people'];
const PAIR = { matrix: 'compare.common', path: 'compare.path' };
const acting = new Set(raw.table.actor);
export const offers = (typed) => {
  const names = find(typed, 8);
  /** @type {any[]} */
  const made = names.map((node) => ({ node }));
  const sure = names.length && begins(names[0], typed);
  if (sure && acting.has(names[0])) made.push(...VIEWS.map((view) => ({ node: names[0], view })));
  if (sure && raw.questions.length) made.push({ node: names[0], questions: true });
  const both = sure ? null : two(typed);
  if (both) made.push({ two: both, view: 'matrix' }, { two: both, view: 'path' });
  const query = fold(typed);
  const queries = answers().filter(
    (one) => query.length > 2 && fold(`${one.title.da} ${one.title.en}`).includes(query),
  );
  const facts = findFacts(typed, names.length > 4 ? 6 : 10);
  return [
    ...made,
    ...facts.map((claim) => ({ claim })),
    ...queries.slice(0, 3).map((one) => ({ query: one.name, title: one.title })),
    ...(pageOf('ask') ? [{ ask: typed.trim() }] : []),
  ];
};
/** How an offer is shown in the list. */
export const describe = (one, typed) => {
  if (one.ask)
    return [
      el('span', { class: 'option-name', text: t('search.ask', { question: one.ask }) }),
      el('span', { class: 'option-note', text: t('search.query') }),
    ];
  if (one.query)
    return [
      el('span', { class: 'option-name', text: pair([one.title.da, one.title.en]) }),
      el('span', { class: 'option-note', text: t('search.query') }),
    ];
  if (one.claim !== undefined) {
    const c = one.claim;
    const role = pair(text('role', c));
    const end = claims.o[c] >= 0 ? name(claims.o[c]) : value(c);
    return [
      markOf(claims.s[c]),
      el(
        'span',
        { class: 'option-name' },
        name(claims.s[c]),
        el('i', { text: ` ${phrase(c)} ` }),
        String(end).slice(0, 140),
        role ? el('small', { text: ` · ${role}` }) : null,
      ),
      el('span', { class: 'option-note', text: t('search.fact') }),
    ];
  }
  if (one.two)
    return [
      markOf(one.two[0]),
      el('span', { class: 'option-name' }, `${list(one.two.map(name))}: ${t(PAIR[one.view])}`),
      el('span', { class: 'option-note', text: t('search.view') }),
    ];
  if (one.view)
    return [
      markOf(one.node),
      el('span', { class: 'option-name' }, `${name(one.node)}: ${t(`view.${one.view}`)}`),
      el('span', { class: 'option-note', text: t('search.view') }),
    ];
  if (one.questions)
    return [
      markOf(one.node),
      el('span', { class: 'option-name', text: t('questions.of', { name: name(one.node) }) }),
      el('span', { class: 'option-note', text: t('search.query') }),
    ];
  const alias = met(one.node, typed, name(one.node));
  return [
    markOf(one.node),
    el('span', { class: 'option-name', text: name(one.node) }, alias ? el('small', { text: ` · ${alias}` }) : null),
    el('span', { class: 'option-note', text: kindName(one.node) }),
  ];
};
