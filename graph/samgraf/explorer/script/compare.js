// Two or three beside each other: the shortest path, each step named and with its source; what they have in common.

const Compare = (() => {
  const chosen = [-1, -1, -1];
  const place = $('compare');
  const ready = () => chosen.filter((i) => i >= 0);
  const field = (k) => {
    const id = `compare-${'abc'[k]}`;
    const input = el('input', {
      id,
      type: 'text',
      role: 'combobox',
      'aria-expanded': 'false',
      'aria-controls': `${id}-list`,
      'aria-autocomplete': 'list',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: t('compare.pick'),
    });
    if (chosen[k] >= 0) input.value = Words.name(chosen[k]);
    const list = el('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': t('search.results'), hidden: true });
    Search.combo(input, list, (i) => {
      chosen[k] = i;
      input.value = Words.name(i);
      for (const one of ['do-shortest', 'do-common']) $(one).disabled = !(chosen[0] >= 0 && chosen[1] >= 0);
      if (ready().length > 1) $('do-shortest').focus();
      else $(`compare-${'abc'[(k + 1) % 3]}`).focus();
    });
    input.addEventListener('change', () => {
      if (!input.value.trim()) chosen[k] = -1;
    });
    return el(
      'div',
      { class: 'field' },
      el('label', { for: id, text: t(`compare.${'abc'[k]}`) }),
      el('div', { class: 'combo' }, input, list),
    );
  };
  const go = (view) => {
    const picked = ready();
    if (picked.length < 2) return;
    State.set(
      { view, focus: view === 'path' ? picked.slice(0, 2) : picked, selected: -1, tab: 'compare', table: false },
      { push: true },
    );
    $('headline').focus?.();
  };
  const name = (i) =>
    el('button', { type: 'button', class: 'fact-name', text: Words.name(i), onclick: () => App.select(i, true) });
  const step = (a, b) => {
    const all = Graph.between(a, b);
    const list = Data.derived(all[0]) ? all : all.filter((c) => !Data.derived(c));
    return el(
      'div',
      { class: 'step' },
      list
        .slice(0, 4)
        .map((c) =>
          el(
            'div',
            {},
            el('p', { class: 'phrase', text: Words.phrase(c, a) }),
            el('div', { class: 'fact-meta' }, ...Facts.tags(c), Facts.meta(c)),
            Facts.source(c),
          ),
        ),
    );
  };
  const answer = () => {
    const s = State.now;
    if (s.view === 'path') {
      const steps = Graph.path(...s.focus);
      if (!steps)
        return [
          el('p', {
            class: 'aside',
            text: t('lead.path.none', { a: Words.name(s.focus[0]), b: Words.name(s.focus[1]) }),
          }),
        ];
      return [
        el('h3', { text: t('compare.steps') }),
        el(
          'div',
          { class: 'steps' },
          steps
            .flatMap((i, k) => [k ? step(steps[k - 1], i) : null, el('div', { class: 'stop' }, Shapes.of(i), name(i))])
            .filter(Boolean),
        ),
      ];
    }
    if (s.view === 'common') {
      const shared = Graph.common(s.focus);
      return [
        el('h3', { text: `${t('head.shared')} (${Words.number(shared.length)})` }),
        ...shared.slice(0, 40).map((i) =>
          el(
            'section',
            { class: 'group' },
            el('div', { class: 'stop' }, Shapes.of(i), name(i)),
            s.focus.map((k) => {
              const [c] = Graph.between(k, i);
              return c === undefined
                ? null
                : el(
                    'div',
                    { class: 'step' },
                    el('p', { class: 'phrase', text: `${Words.name(k)} ${Words.phrase(c, k)}` }),
                    Facts.source(c),
                  );
            }),
          ),
        ),
      ];
    }
    return [];
  };
  const show = () => {
    const s = State.now;
    if (s.view === 'path' || s.view === 'common') for (let k = 0; k < 3; k += 1) chosen[k] = s.focus[k] ?? -1;
    if (
      place.contains(document.activeElement) &&
      document.activeElement.tagName === 'INPUT' &&
      !['path', 'common'].includes(s.view)
    )
      return;
    place.classList.toggle('shown', s.view === 'path' || s.view === 'common');
    place.replaceChildren(
      el('p', { class: 'aside', text: t('compare.intro') }),
      el('div', { class: 'compare-fields' }, field(0), field(1), field(2)),
      el(
        'div',
        { class: 'actions' },
        el('button', {
          type: 'button',
          class: 'action first',
          id: 'do-shortest',
          text: t('compare.path'),
          onclick: () => go('path'),
        }),
        el('button', {
          type: 'button',
          class: 'action',
          id: 'do-common',
          text: t('compare.common'),
          onclick: () => go('common'),
        }),
      ),
      ...answer(),
    );
    for (const one of ['do-shortest', 'do-common']) $(one).disabled = !(chosen[0] >= 0 && chosen[1] >= 0);
  };
  const begin = (i) => {
    chosen[0] = i;
    chosen[1] = -1;
    chosen[2] = -1;
    State.set({ tab: 'compare' });
    Sidebar.openSheet(true);
    show();
    $('compare-b').focus();
  };
  return { show, begin };
})();
