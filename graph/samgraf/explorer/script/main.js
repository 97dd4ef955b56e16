// What holds it together: one state, one redraw, and the ways in by mouse, touch and keys.

const App = (() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let onPaper = false; // paper is white, whatever the screen is
  const theme = () => (onPaper ? 'light' : '') || State.now.theme || (dark.matches ? 'dark' : 'light');

  const lead = (view) => {
    const s = State.now;
    const name = (i) => Words.name(i);
    const { counted } = Words;
    const n = Draw.layout.places.size;
    if (view.mode === 'path') {
      const [a, b] = view.ends.map(name);
      if (!view.steps) return t('lead.path.none', { a, b });
      return view.steps.length === 2
        ? t('lead.path.one', { a, b })
        : t('lead.path', { a, b, steps: counted('noun.step', view.steps.length - 1) });
    }
    if (view.chosen) {
      const names = Words.list(view.chosen.map(name));
      return t(view.shared.length === 1 ? 'lead.common.one' : view.shared.length ? 'lead.common' : 'lead.common.none', {
        names,
        n: view.shared.length,
      });
    }
    if (view.mode === 'map')
      return n < view.all ? t('lead.map.part', { n, all: view.all }) : t('lead.map', { n, m: Draw.pairs.length });
    if (s.view === 'overview')
      return t('lead.overview', {
        initiatives: counted('noun.initiative', view.counts.i),
        agreements: counted('noun.agreement', view.counts.a),
        actors: counted('noun.actor', view.counts.n),
      });
    const i = view.centre;
    if (Data.isActor(i))
      return view.counts.i
        ? t('lead.focus.actor', {
            name: name(i),
            initiatives: counted('noun.initiative', view.counts.i),
            others: counted('noun.other', view.counts.n),
          })
        : t('lead.focus.none', { name: name(i) });
    return Choose.isInitiative(i) && view.counts.n
      ? t(view.counts.n === 1 ? 'lead.focus.initiative.one' : 'lead.focus.initiative', {
          name: name(i),
          actors: counted('noun.actor', view.counts.n),
        })
      : t('lead.focus.other', { name: name(i), others: counted('noun.other', view.counts.near) });
  };
  const sub = (view) => {
    const s = State.now;
    const parts = [];
    if (s.at !== null) parts.push(t('sub.at', { when: Dates.quarterName(s.at) }));
    if (s.period) parts.push(t('sub.period', { from: String(s.period[0]), to: String(s.period[1]) }));
    const filters = Filters.count() - (s.at !== null) - (s.period !== null);
    if (filters) parts.push(t(filters === 1 ? 'sub.filtered.one' : 'sub.filtered', { n: filters }));
    parts.push(t('sub.shown', { n: Draw.layout.places.size, all: Data.size }));
    if (!s.table && view.mode !== 'path') parts.push(t('sub.hint'));
    return parts.join(' ');
  };
  const notice = (view) => {
    const place = $('notice');
    const some = Draw.layout.places.size;
    place.hidden = true;
    const put = (text, label, act) => {
      place.replaceChildren(el('span', { text }), el('button', { type: 'button', text: label, onclick: act }));
      place.hidden = false;
    };
    if (!some) put(t('empty'), t('empty.reset'), () => State.set(Filters.none()));
    else if (view.mode === 'map' && view.all > some)
      put(t('map.large', { n: view.all, m: some }), t('map.all', { n: view.all }), () => State.set({ whole: true }));
  };

  // Redraw what the change asks for. A selection moves nothing: only the emphasis and the panel change.
  const QUIET = new Set(['selected', 'camera', 'tab', 'query', 'table']);
  const refresh = (changes) => {
    const quiet = changes && Object.keys(changes).every((key) => QUIET.has(key));
    const themed = theme() !== document.documentElement.dataset.theme;
    if (themed) {
      document.documentElement.dataset.theme = theme();
      Draw.recolour();
    }
    if (Words.lang !== State.now.lang || !changes) {
      Words.lang = State.now.lang;
      Words.apply();
    }
    Filters.refresh();
    if (!quiet) {
      let view = null;
      // The headline is as long as the answer, and may take room from the drawing: then draw once more.
      for (let turn = 0; turn < 2; turn += 1) {
        const { width, tall } = Draw.box();
        if (view && tall === Draw.drawnAt[1] && width === Draw.drawnAt[0]) break;
        view = Choose.view(Arrange.room(width, tall));
        Draw.show(view, {
          keepCamera:
            turn === 0 && Boolean(changes) && !('size' in changes) && view.mode === 'map' && Draw.view?.mode === 'map',
        });
        $('headline').textContent = lead(view);
        $('subline').textContent = sub(view);
      }
      notice(view);
      const label = t('canvas.label', { n: Draw.layout.places.size, m: Draw.pairs.length });
      Draw.holder.setAttribute('aria-label', label);
      if (changes) Say(t('say.shown', { n: Draw.layout.places.size, m: Draw.pairs.length }));
      Legend.show();
      Compare.show();
    } else {
      Draw.network.redraw();
      $('subline').textContent = sub(Draw.view);
    }
    document.querySelector('.stage').classList.toggle('as-map', Draw.view?.mode === 'map' && !State.now.table);
    Sidebar.show();
    if (!quiet || 'table' in changes) Table.show();
    else Table.mark();
    Timeline.show();
    Gallery.show();
    buttons();
  };
  const buttons = () => {
    const s = State.now;
    const anchor = s.selected >= 0 ? s.selected : (s.focus[0] ?? -1);
    for (const one of $('views').children) {
      one.setAttribute('aria-pressed', String(one.dataset.view === s.view));
      if (one.dataset.view === 'focus') one.disabled = s.view !== 'focus' && anchor < 0;
    }
    $('as-graph').setAttribute('aria-pressed', String(!s.table));
    $('as-table').setAttribute('aria-pressed', String(s.table));
    $('back').disabled = State.depth < 1;
  };

  const select = (i, focus = false) => {
    State.set({ selected: i, tab: i >= 0 ? 'facts' : State.now.tab });
    if (i >= 0) {
      Say(t('say.selected', { name: Words.name(i) }));
      if (Sidebar.small()) Sidebar.openSheet(true);
      if (focus) $('facts-title')?.focus({ preventScroll: true });
    }
  };
  const around = (i) => {
    State.set({ view: 'focus', focus: [i], selected: -1, expanded: [], tab: 'facts' }, { push: true });
    $('facts-title')?.focus({ preventScroll: true });
  };
  const expand = (i) => {
    const { expanded } = State.now;
    State.set({ expanded: expanded.includes(i) ? expanded.filter((k) => k !== i) : [...expanded, i].slice(-12) });
    $('do-expand')?.focus({ preventScroll: true });
  };
  const reset = () => {
    const fresh = State.fresh();
    Timeline.pause();
    State.set({ ...fresh, lang: State.now.lang, theme: State.now.theme, tab: State.now.tab }, { push: true });
    Say(t('say.reset'));
  };
  let flashing = 0;
  const flash = (text) => {
    const place = $('notice');
    place.replaceChildren(el('span', { text }));
    place.hidden = false;
    Say(text);
    clearTimeout(flashing);
    flashing = setTimeout(() => notice(Draw.view), 2600);
  };

  dark.addEventListener('change', () => refresh({ theme: '' }));
  const paper = (on) => {
    onPaper = on;
    if (theme() !== document.documentElement.dataset.theme) refresh({ theme: '' });
  };
  State.listen(refresh);
  return { refresh, select, around, expand, reset, flash, theme, paper };
})();

Gestures.install();
State.read(location.hash);
App.refresh(null);
document.documentElement.dataset.ready = 'true';
// For tests and for those who build upon the page: what is shown, to be read only.
window.samgraf = Object.freeze({
  get state() {
    return State.write();
  },
  get shown() {
    return [...Draw.layout.places.keys()].map((i) => Data.nodes.id[i]);
  },
  get links() {
    return Draw.pairs.length;
  },
  get labels() {
    return Draw.laid.map((one) => ({ id: Data.nodes.id[one.i], lines: one.lines, box: one.box }));
  },
  get camera() {
    const { x, y } = Draw.network.getViewPosition();
    return [x, y, Draw.network.getScale()];
  },
  place: (id) => Draw.screen(Data.index.get(id)),
  find: (text) => Search.find(text).map((i) => Data.nodes.id[i]),
});
