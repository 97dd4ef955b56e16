// The panel: tabs, and the facts about what is selected: a thing, an actor, or one actor in one thing.

import { App } from './actions.mjs';
import * as Compare from './compare.mjs';
import { aliasesOf, claims, derived, facts, kinds, links, nodes, noteOf, tonguesOf } from './data.mjs';
import { $, button, el } from './dom.mjs';
import * as Facts from './facts.mjs';
import * as Filters from './filters.mjs';
import { isActor } from './matrix.mjs';
import { pageOf } from './pages.mjs';
import * as Panel from './panel.mjs';
import { sign, when, words } from './roles.mjs';
import { markOf } from './shapes.mjs';
import { change, filterKey, now } from './state.mjs';
import { between, derived as derived_, rowsOfActor, rowsOfThing, table } from './table.mjs';
import { told } from './time.mjs';
import { kindName, label, language, name, t, upper } from './words.mjs';

const tabs = ['facts', 'filters', 'compare'];
const showTab = () => {
  for (const one of tabs) {
    const chosen = now.tab === one;
    $(`tab-${one}`).setAttribute('aria-selected', String(chosen));
    $(`tab-${one}`).tabIndex = chosen ? 0 : -1;
    $(one).hidden = !chosen;
  }
};
export const install = () => {
  tabs.forEach((one, k) => {
    $(`tab-${one}`).addEventListener('click', () => {
      const same = now.tab === one;
      change({ tab: one });
      if (!Panel.docked()) Panel.open(!(same && Panel.isOpen()));
    });
    $(`tab-${one}`).addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs[(k + step + tabs.length) % tabs.length];
      change({ tab: next });
      $(`tab-${next}`).focus();
    });
  });
  $('sheet').addEventListener('click', () => Panel.open(!Panel.isOpen()));
  $('open-side').addEventListener('click', () => {
    Panel.open(!Panel.isOpen());
    if (Panel.isOpen()) $(`tab-${now.tab}`).focus();
  });
};

// How to read the page, when nothing is chosen.
const intro = () => [
  el('h2', { text: t('intro.title') }),
  el(
    'ul',
    { class: 'intro' },
    ['1', '2', '3', '4'].map((n) => el('li', { text: t(`intro.${n}`) })),
  ),
  el('h3', { text: t('intro.start') }),
  el(
    'div',
    { class: 'starts' },
    starts().map((i) =>
      el('button', { type: 'button', onclick: () => App.around(i) }, markOf(i), el('span', { text: name(i) })),
    ),
  ),
];
// Some of each of the kinds that are in most things.
const starts = () => {
  const counts = new Map();
  for (const i of table.actor) counts.set(i, (counts.get(i) || 0) + 1);
  const found = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  const perKind = new Map();
  return found
    .filter((i) => {
      const n = perKind.get(nodes.kind[i]) || 0;
      perKind.set(nodes.kind[i], n + 1);
      return n < 3;
    })
    .slice(0, 9);
};

// Names beside the one shown: the other language's are left out of a page in this one.
const alsoCalled = (i) => {
  const tongues = tonguesOf(i) || '';
  const aliases = (aliasesOf(i) || []).filter((_, k) => tongues[k] === ' ' || tongues[k] === language()[0]);
  const own = [...(nodes.short[i] || []), ...aliases];
  return [...new Set(own)].filter((one) => one !== name(i));
};
const about = (i) => {
  const names = alsoCalled(i);
  const sources = new Set();
  let n = 0;
  for (const c of [...facts(i), ...links(i)])
    if (Filters.claim(c)) {
      n += 1;
      if (claims.d[c] >= 0 && !derived(c)) sources.add(claims.d[c]);
    }
  const { made, out } = Facts.groups(i);
  const page = pageOf('entity', nodes.id[i]);
  const life = nodes.life[i] === undefined ? '' : told(nodes.life[i]);
  return [
    el(
      'div',
      { class: 'kind-line' },
      markOf(i),
      el('span', { text: [kindName(i), ...(nodes.kinds[i] || []).map((k) => label(kinds[k]))].join(' · ') }),
    ),
    el('h2', { text: name(i), tabindex: '-1', id: 'facts-title' }),
    life ? el('p', { class: 'aside', text: life }) : null,
    el(
      'div',
      { class: 'actions' },
      now.focus.length === 1 && now.focus[0] === i
        ? null
        : button(t('facts.around'), () => App.around(i), { class: 'action first', id: 'do-around' }),
      isActor(i) ? button(t('facts.compare'), () => Compare.begin(i), { class: 'action', id: 'do-compare' }) : null,
      button(t('facts.path'), () => Compare.begin(i), { class: 'action', id: 'do-path' }),
      page ? el('a', { class: 'action', id: 'do-page', href: page, text: t('facts.page') }) : null,
    ),
    ...made.map((one) => Facts.group(upper(one.title), one.list, i)),
    inference(i),
    n ? null : el('p', { class: 'aside', text: t('facts.none') }),
    names.length ? el('p', { class: 'aside', text: `${t('facts.also')}: ${names.slice(0, 8).join(', ')}` }) : null,
    noteOf(i)?.[language()] ? el('p', { class: 'aside', text: noteOf(i)[language()] }) : null,
    el('p', {
      class: 'aside',
      text: [
        t(sources.size === 1 ? 'facts.count.one' : 'facts.count', { n, d: sources.size }),
        out ? t('facts.hidden', { n: out }) : '',
      ]
        .filter(Boolean)
        .join('. '),
    }),
  ].filter(Boolean);
};
// What follows from what is stated: what one is in through others, or who is in it through others.
const inference = (i) => {
  const mine = [...rowsOfActor(i), ...rowsOfThing(i)].filter(derived_);
  if (!mine.length) return null;
  const line = (r) => {
    const other = table.actor[r] === i ? table.thing[r] : table.actor[r];
    return el(
      'div',
      { class: 'fact' },
      button(name(other), () => App.cell(table.thing[r], table.actor[r]), { class: 'fact-name' }),
      el('div', { class: 'fact-meta' }, el('span', { class: 'tag derived', text: t('facts.derived') }), words(r)),
    );
  };
  return el(
    'details',
    { class: 'group fold' },
    el('summary', { text: t('facts.inferred', { n: mine.length }) }),
    mine.map(line),
  );
};
// One actor in one thing: each way in which it is in it, and the passages that say so.
const cell = ([thing, actor]) => [
  el('div', { class: 'kind-line' }, markOf(actor), el('span', { text: t('cell.kind') })),
  el('h2', { text: `${name(actor)} · ${name(thing)}`, tabindex: '-1', id: 'facts-title' }),
  el(
    'div',
    { class: 'actions' },
    [actor, thing].map((i) => button(name(i), () => App.select(i), { class: 'action' })),
  ),
  ...between(actor, thing).map((r) =>
    el(
      'section',
      { class: 'group' },
      el('h3', {}, sign(r), el('span', { class: 'cell-words', text: upper(words(r)) })),
      el('p', { class: 'aside', text: when(r) }),
      (table.claims[r] || []).map((c) =>
        el(
          'div',
          { class: 'fact' },
          el('p', { text: Facts.sentence(c) }),
          el('div', { class: 'fact-meta' }, Facts.tags(c), Facts.meta(c)),
          Facts.source(c),
        ),
      ),
    ),
  ),
];

let drawnFor = '';
export const show = () => {
  showTab();
  const subject = now.selected >= 0 ? now.selected : now.focus.length === 1 ? now.focus[0] : -1;
  const key = [subject, now.cell, now.lang, now.focus, filterKey()].join('/');
  if (key === drawnFor) return;
  const moved = drawnFor && drawnFor.split('/').slice(0, 2).join() !== key.split('/').slice(0, 2).join();
  drawnFor = key;
  $('facts').replaceChildren(
    ...(now.cell.length ? cell(/** @type {[number, number]} */ (now.cell)) : subject >= 0 ? about(subject) : intro()),
  );
  if (moved) $('facts').scrollTop = 0;
};
