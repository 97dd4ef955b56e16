// The panel: tabs, and the facts about what is selected, or how to read the page when nothing is.

const Sidebar = (() => {
  const { claims } = Data;
  const tabs = ['facts', 'filters', 'compare'];
  const small = () => matchMedia('(max-width: 820px)').matches;
  const openSheet = (open) => {
    $('side').classList.toggle('open', open);
    $('sheet').setAttribute('aria-expanded', String(open));
  };
  const showTab = () => {
    for (const name of tabs) {
      const chosen = State.now.tab === name;
      $(`tab-${name}`).setAttribute('aria-selected', String(chosen));
      $(`tab-${name}`).tabIndex = chosen ? 0 : -1;
      $(name).hidden = !chosen;
    }
  };
  tabs.forEach((name, k) => {
    $(`tab-${name}`).addEventListener('click', () => {
      const same = State.now.tab === name;
      State.set({ tab: name });
      openSheet(!(same && $('side').classList.contains('open')));
    });
    $(`tab-${name}`).addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs[(k + step + tabs.length) % tabs.length];
      State.set({ tab: next });
      $(`tab-${next}`).focus();
    });
  });
  $('sheet').addEventListener('click', () => openSheet(!$('side').classList.contains('open')));

  const intro = () => {
    const starts = [];
    for (let i = 0; i < Data.size; i += 1)
      if (Data.isKind(i, 'Municipality', 'Agreement') || Choose.isInitiative(i)) starts.push(i);
    starts.sort((a, b) => Data.degree[b] - Data.degree[a] || a - b);
    const take = (name) => starts.filter((i) => Data.kinds[Data.nodes.kind[i]].name === name).slice(0, 3);
    return [
      el('h2', { text: t('facts.intro.title') }),
      el(
        'ul',
        { class: 'intro' },
        el('li', {}, Shapes.mark({ shape: 'dot', family: 'initiative' }), el('span', { text: t('facts.intro.1') })),
        el('li', {}, Shapes.line('derived'), el('span', { text: t('facts.intro.2') })),
        el('li', {}, Shapes.mark({ shape: 'square', family: 'authority' }), el('span', { text: t('facts.intro.3') })),
      ),
      el('h3', { text: t('facts.intro.start') }),
      el(
        'div',
        { class: 'starts' },
        [...take('Municipality'), ...take('Initiative'), ...take('Agreement')].map((i) =>
          el(
            'button',
            { type: 'button', onclick: () => App.around(i) },
            Shapes.of(i),
            el('span', { text: Words.name(i) }),
          ),
        ),
      ),
    ];
  };

  const continuity = (i) => {
    const chain = Graph.chain(i);
    if (!chain.length) return null;
    return el(
      'section',
      { class: 'group' },
      el('h3', { text: t('facts.continuity') }),
      el(
        'ol',
        { class: 'chain' },
        chain.map((k) =>
          el(
            'li',
            { class: k === i ? 'here' : null },
            Shapes.of(k),
            k === i
              ? el('span', { text: Words.name(k), 'aria-current': 'true' })
              : el('button', {
                  type: 'button',
                  class: 'fact-name',
                  text: Words.name(k),
                  onclick: () => App.select(k, true),
                }),
            el('small', { text: Dates.years(k) }),
          ),
        ),
      ),
    );
  };

  const about = (i) => {
    const names = [...new Set([...(Data.nodes.short[i] || []), ...(Data.nodes.alias[i] || [])])].filter(
      (one) => one !== Words.name(i),
    );
    const documents = new Set();
    let count = 0;
    const all = [...Data.facts(i), ...Data.links(i)];
    for (const c of all)
      if (Filters.claim(c)) {
        count += 1;
        if (claims.d[c] >= 0 && !Data.derived(c)) documents.add(claims.d[c]);
      }
    const { made, hidden } = Facts.groups(i);
    const expandable = State.now.view === 'focus' || State.now.view === 'overview';
    const open = State.now.expanded.includes(i);
    return [
      el(
        'div',
        { class: 'kind-line' },
        Shapes.of(i),
        el('span', {
          text: [i, ...[]]
            .map(Words.kindName)
            .concat((Data.nodes.kinds[i] || []).map((k) => Words.label(Data.kinds[k])))
            .join(' · '),
        }),
      ),
      el('h2', { text: Words.name(i), tabindex: '-1', id: 'facts-title' }),
      names.length ? el('p', { class: 'aside', text: `${t('facts.also')}: ${names.slice(0, 8).join(', ')}` }) : null,
      Data.nodes.note[i] ? el('p', { class: 'aside', text: Data.nodes.note[i] }) : null,
      el(
        'div',
        { class: 'actions' },
        State.now.view === 'focus' && State.now.focus[0] === i
          ? null
          : el('button', {
              type: 'button',
              class: 'action first',
              id: 'do-around',
              text: t('facts.around'),
              onclick: () => App.around(i),
            }),
        el('button', {
          type: 'button',
          class: 'action',
          id: 'do-path',
          text: t('facts.path'),
          onclick: () => Compare.begin(i),
        }),
        expandable && State.now.focus[0] !== i
          ? el('button', {
              type: 'button',
              class: 'action',
              id: 'do-expand',
              'aria-pressed': String(open),
              text: t(open ? 'facts.collapse' : 'facts.expand'),
              onclick: () => App.expand(i),
            })
          : null,
      ),
      continuity(i),
      ...made.map((one) => Facts.group(one.title, one.list, i)),
      count ? null : el('p', { class: 'aside', text: t('facts.none') }),
      el('p', {
        class: 'aside',
        text: [
          t(documents.size === 1 ? 'facts.count.one' : 'facts.count', { n: count, d: documents.size }),
          hidden ? t('facts.hidden', { n: hidden }) : '',
        ]
          .join('. ')
          .replace(/\. $/, '.'),
      }),
    ].filter(Boolean);
  };

  let drawnFor = '';
  const show = () => {
    showTab();
    const s = State.now;
    const subject = s.selected >= 0 ? s.selected : s.view === 'focus' ? s.focus[0] : -1;
    const key = [
      subject,
      s.lang,
      s.view,
      s.focus,
      s.expanded,
      [...s.kinds],
      [...s.relations],
      [...s.documents],
      s.agreement,
      s.area,
      s.at,
      s.period,
      s.derived,
      s.proposed,
    ].join('|');
    if (key === drawnFor) return;
    const moved = drawnFor.split('|')[0] !== String(subject);
    drawnFor = key;
    $('facts').replaceChildren(...(subject >= 0 ? about(subject) : intro()));
    if (moved) $('facts').scrollTop = 0;
  };
  return { show, openSheet, small };
})();
