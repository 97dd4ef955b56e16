// What holds it together: one state, one redraw, and the ways in by mouse, touch and keys.

import { App } from './actions.mjs';
import * as Canvas from './canvas.mjs';
import * as Changes from './changes.mjs';
import { combo } from './combo.mjs';
import * as Compare from './compare.mjs';
import { claims, index, nodes, raw } from './data.mjs';
import { $, button, el } from './dom.mjs';
import * as Exports from './exports.mjs';
import * as Filters from './filters.mjs';
import * as Gallery from './gallery.mjs';
import * as Grid from './grid.mjs';
import * as Lead from './lead.mjs';
import * as Legend from './legend.mjs';
import { legendKey } from './legendwords.mjs';
import * as Matrix from './matrix.mjs';
import * as Narrow from './narrow.mjs';
import * as Network from './network.mjs';
import { offers } from './offers.mjs';
import { pageOf } from './pages.mjs';
import * as Panel from './panel.mjs';
import * as Partners from './partners.mjs';
import * as People from './people.mjs';
import * as Questions from './questions.mjs';
import { say } from './say.mjs';
import { find, findFacts, warm } from './search.mjs';
import * as Sheets from './sheets.mjs';
import * as Sidebar from './sidebar.mjs';
import * as Sketch from './sketch.mjs';
import { backSteps, change, filterCount, fresh, listen, noFilters, now, read, write } from './state.mjs';
import * as Story from './story.mjs';
import { rowsOfActor } from './table.mjs';
import * as Timeline from './timeline.mjs';
import * as Tour from './tour.mjs';
import * as Trail from './trail.mjs';
import { apply, language, name, setLanguage, t } from './words.mjs';

const dark = matchMedia('(prefers-color-scheme: dark)');
let onPaper = false; // paper is white, whatever the screen is
const theme = () => (onPaper ? 'light' : '') || now.theme || (dark.matches ? 'dark' : 'light');

const matrix = { show: (place, tools) => (Narrow.fits() ? Grid : Narrow).show(place, tools) };
const SHOWS = {
  matrix,
  partners: Partners,
  changes: Changes,
  people: People,
  sketch: Sketch,
  network: Network,
  path: Trail,
};
/** @type {any} */
let made = null;

// What a view needs to be about: partners are someone's.
const settle = () => {
  if (now.view === 'partners' && !(now.focus.length === 1 && rowsOfActor(now.focus[0]).length)) now.view = 'matrix';
};
const QUIET = new Set(['selected', 'cell', 'tab', 'query']);
const refresh = (changes) => {
  const quiet = changes && Object.keys(changes).every((key) => QUIET.has(key));
  document.documentElement.dataset.theme = theme();
  document.body.classList.toggle('embed', now.embed);
  if (language() !== now.lang || !changes) {
    setLanguage(now.lang);
    apply();
  }
  Filters.refresh();
  if (!quiet) {
    settle();
    drawView();
    if (changes) say(`${$('headline').textContent}. ${$('subline').textContent}`);
  } else if (now.view === 'sketch') Sketch.mark();
  else Grid.mark();
  Sidebar.show();
  Legend.show();
  Compare.show();
  Timeline.show();
  Gallery.show();
  Story.show();
  buttons();
};
const drawView = () => {
  const place = $('view');
  const held =
    place.contains(document.activeElement) || $('tools-of-view').contains(document.activeElement)
      ? document.activeElement.id
      : '';
  delete document.documentElement.dataset.drawn;
  made = SHOWS[now.view].show(place, $('tools-of-view'));
  $('view').dataset.view = now.view;
  $('headline').textContent = Lead.headline(made);
  $('subline').textContent = Lead.subline(made);
  if (!place.childElementCount) place.replaceChildren(empty());
  if (held) $(held)?.focus({ preventScroll: true });
  key();
};
const empty = () =>
  el(
    'div',
    { class: 'empty' },
    el('p', { text: t(filterCount() ? 'empty.filtered' : 'empty') }),
    filterCount() ? button(t('empty.reset'), () => change(noFilters()), { class: 'action', id: 'empty-reset' }) : null,
  );
// The legend of the signs stands below the views that use them.
const key = () => {
  $('key').replaceChildren(...(['matrix', 'sketch'].includes(now.view) ? legendKey(Matrix.allRows(made)) : []));
};
const buttons = () => {
  const anchor = now.focus[0] ?? now.selected;
  for (const one of $('views').children) {
    const { view } = one.dataset;
    one.setAttribute('aria-pressed', String(view === now.view));
    if (view === now.view && Panel.small()) one.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    one.hidden = view === 'partners' && !(anchor >= 0 && rowsOfActor(anchor).length);
  }
  $('show-all').hidden = !now.focus.length;
  $('back').disabled = backSteps() < 1;
  $('home').hidden = !pageOf('home');
  /** @type {HTMLAnchorElement} */ ($('home')).href = pageOf('home');
  $('filter-count').textContent = filterCount() ? String(filterCount()) : '';
};

const select = (i) => {
  change({ selected: i, cell: [], tab: i >= 0 ? 'facts' : now.tab });
  if (i < 0) return;
  say(t('say.selected', { name: name(i) }));
  reveal();
};
const reveal = () => {
  if (!Panel.docked()) Panel.open(true);
  $('facts-title')?.focus({ preventScroll: true });
};
Object.assign(App, {
  refresh,
  select,
  cell: (thing, actor) => {
    change({ cell: [thing, actor], selected: -1, tab: 'facts' });
    say(`${name(actor)}, ${name(thing)}`);
    reveal();
  },
  around: (i) => {
    change(
      {
        view: now.view === 'network' || now.view === 'path' ? 'matrix' : now.view,
        focus: [i],
        selected: -1,
        cell: [],
        tab: 'facts',
      },
      { push: true },
    );
    if (!Panel.docked()) Panel.open(false);
    $('headline').focus();
  },
  toggleKind: (k) => {
    const next = new Set(now.kinds);
    if (!next.delete(k)) next.add(k);
    change({ kinds: next });
  },
  reset: () => {
    const { lang, theme: colours, tab, embed } = now;
    change({ ...fresh(), lang, theme: colours, tab, embed }, { push: true });
    say(t('say.reset'));
  },
  flash: (text) => {
    $('notice').textContent = text;
    $('notice').hidden = false;
    say(text);
    setTimeout(() => {
      $('notice').hidden = true;
    }, 2600);
  },
  copy: Exports.copy,
  theme,
  paper: (on) => {
    onPaper = on;
    document.documentElement.dataset.theme = theme();
  },
});

const install = () => {
  for (const one of [Sidebar, Gallery, Exports, Timeline, Tour]) one.install();
  combo($('search'), $('suggestions'), offers, (one) => {
    if (one.ask) location.assign(pageOf('ask', one.ask));
    else if (one.query) change({ query: one.query });
    else if (one.questions) Questions.show(one.node);
    else if (one.view) change({ view: one.view, focus: one.two ?? [one.node], selected: -1, cell: [] }, { push: true });
    else if (one.claim !== undefined) {
      select(claims.s[one.claim]);
      openClaim(one.claim);
    } else App.around(one.node);
  });
  for (const one of $('views').children)
    one.addEventListener('click', () => {
      const { view } = one.dataset;
      const focus = now.focus.length || now.selected < 0 ? now.focus : [now.selected];
      change({ view, focus: view === 'partners' ? focus.slice(0, 1) : focus }, { push: true });
    });
  $('show-all').addEventListener('click', () =>
    change(
      { view: now.view === 'partners' || now.view === 'path' ? 'matrix' : now.view, focus: [], selected: -1, cell: [] },
      { push: true },
    ),
  );
  $('back').addEventListener('click', () => history.back());
  $('brand').addEventListener('click', () => App.reset());
  for (const code of ['da', 'en']) $(`lang-${code}`).addEventListener('click', () => change({ lang: code }));
  $('theme').addEventListener('click', () => change({ theme: theme() === 'dark' ? 'light' : 'dark' }));
  document.addEventListener('keydown', (event) => {
    const typing =
      /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !['range', 'checkbox'].includes(event.target.type);
    if (event.key === '/' && !typing && !event.ctrlKey) {
      event.preventDefault();
      $('search').focus();
    }
    if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
      if (!Panel.docked() && Panel.isOpen()) closePanel();
      else if (now.selected >= 0 || now.cell.length) change({ selected: -1, cell: [] });
    }
  });
  dark.addEventListener('change', () => refresh({ theme: '' }));
  let sizing = 0;
  let fitted = Narrow.fits();
  new ResizeObserver(() => {
    clearTimeout(sizing);
    sizing = setTimeout(() => {
      if (now.view === 'sketch') Sketch.mark();
      if (fitted === Narrow.fits()) return;
      fitted = Narrow.fits();
      refresh({ size: true });
    }, 100);
  }).observe($('view'));
  listen(refresh);
};
const closePanel = () => {
  Panel.open(false);
  $('view').querySelector('.chosen, [tabindex="0"]')?.focus();
};
// The fact that was searched for: its group opened, its source unfolded.
const openClaim = (c) => {
  let found = $('facts').querySelector(`[data-claim="${c}"]`);
  for (const more of $('facts').querySelectorAll('.more')) {
    if (found) break;
    more.click();
    found = $('facts').querySelector(`[data-claim="${c}"]`);
  }
  if (!found) return;
  found.open = true;
  found.scrollIntoView({ block: 'center' });
  found.querySelector('summary').focus({ preventScroll: true });
};

install();
read(location.hash);
refresh(null);
document.documentElement.dataset.ready = 'true';
setTimeout(warm, 800);
// For tests and for those who build upon the page: what is shown, to be read only.
window.samgraf = Object.freeze({
  get state() {
    return write();
  },
  get headline() {
    return $('headline').textContent;
  },
  get things() {
    return Matrix.allRows(Matrix.model()).map((row) => nodes.id[row.thing]);
  },
  get actors() {
    return Matrix.model().columns.map((i) => nodes.id[i]);
  },
  get rows() {
    return Sheets.rows();
  },
  get network() {
    return Canvas.view();
  },
  size: raw.nodes.id.length,
  find: (text) => find(text).map((i) => nodes.id[i]),
  findFacts: (text) =>
    findFacts(text).map((c) => [nodes.id[claims.s[c]], raw.relations[claims.p[c]].name, nodes.id[claims.o[c]] ?? null]),
  index: (id) => index.get(id),
});
