// Show and hide: the legend, which is also the filter of kinds; lines, agreement, area, period, documents, relations.

const Legend = (() => {
  const counts = new Int32Array(Data.kinds.length);
  for (let i = 0; i < Data.size; i += 1) counts[Data.nodes.kind[i]] += 1;
  const perRelation = new Int32Array(Data.relations.length);
  const perDocument = new Int32Array(Data.documents.length);
  for (let c = 0; c < Data.count; c += 1) {
    if (Data.claims.o[c] >= 0) perRelation[Data.claims.p[c]] += 1;
    if (Data.claims.d[c] >= 0) perDocument[Data.claims.d[c]] += 1;
  }
  const toggle = (set, items, on) => {
    const next = new Set(set);
    for (const one of items)
      if (on) next.delete(one);
      else next.add(one);
    return next;
  };
  const row = ({ id, mark, text, count, checked, onchange, only }) =>
    el(
      'div',
      { class: 'legend-row' },
      el(
        'label',
        {},
        el('input', { type: 'checkbox', id, checked, onchange }),
        mark,
        el('span', { class: checked ? null : 'off', text }),
        count === undefined ? null : el('span', { class: 'count', text: Words.number(count) }),
      ),
      only
        ? el('button', {
            type: 'button',
            class: 'only',
            text: t('filters.only'),
            'aria-label': `${t('filters.only')} ${text}`,
            onclick: only,
          })
        : null,
    );

  const kinds = () =>
    Data.families.map((family) => {
      const own = Data.kinds.map((one, k) => k).filter((k) => Data.kinds[k].family === family.name && counts[k]);
      if (!own.length) return null;
      const off = own.every((k) => State.now.kinds.has(k));
      return el(
        'div',
        { class: 'legend-family' },
        el(
          'button',
          {
            type: 'button',
            'aria-pressed': String(!off),
            onclick: () => State.set({ kinds: toggle(State.now.kinds, own, off) }),
          },
          el('span', { text: Words.label(family) }),
          el('small', { text: Words.number(own.reduce((n, k) => n + counts[k], 0)) }),
        ),
        own.map((k) =>
          row({
            id: `kind-${k}`,
            mark: Shapes.mark(Data.kinds[k]),
            text: Words.label(Data.kinds[k]),
            count: counts[k],
            checked: !State.now.kinds.has(k),
            onchange: (event) => State.set({ kinds: toggle(State.now.kinds, [k], event.target.checked) }),
            only: () => State.set({ kinds: new Set(Data.kinds.map((one, n) => n).filter((n) => n !== k)) }),
          }),
        ),
      );
    });
  const lines = () => [
    el(
      'div',
      { class: 'legend-row' },
      el(
        'label',
        {},
        el('span', { class: 'line-space' }),
        Shapes.line('asserted'),
        el('span', { text: t('filters.asserted') }),
      ),
    ),
    row({
      id: 'show-derived',
      mark: Shapes.line('derived'),
      text: t('filters.derived'),
      checked: State.now.derived,
      onchange: (event) => State.set({ derived: event.target.checked }),
    }),
    row({
      id: 'show-proposed',
      mark: Shapes.line('proposed'),
      text: t('filters.proposed'),
      checked: State.now.proposed,
      onchange: (event) => State.set({ proposed: event.target.checked }),
    }),
    el(
      'div',
      { class: 'legend-row' },
      el(
        'label',
        {},
        el('span', { class: 'line-space' }),
        Shapes.line('carried'),
        el('span', { text: t('filters.carried') }),
      ),
    ),
  ];
  const choice = (id, key, kind, value) => {
    const items = [];
    for (let i = 0; i < Data.size; i += 1) if (Data.isKind(i, kind)) items.push(i);
    if (!items.length) return null;
    items.sort(
      (a, b) =>
        (Dates.inherited[a]?.[0] ?? 0) - (Dates.inherited[b]?.[0] ?? 0) || Words.compare(Words.name(a), Words.name(b)),
    );
    const select = el(
      'select',
      { id, onchange: (event) => State.set({ [key]: Number(event.target.value) }) },
      el('option', { value: '-1', text: t('filters.all') }),
      items.map((i) => el('option', { value: String(i), text: Words.name(i) })),
    );
    select.value = String(value);
    return el('div', { class: 'field' }, el('label', { for: id, text: t(`filters.${key}`) }), select);
  };
  const period = () => {
    const years = [];
    for (let y = Dates.first; y <= Dates.last; y += 1) years.push(y);
    const pick = (id, label, at) => {
      const select = el(
        'select',
        {
          id,
          'aria-label': `${t('filters.period')} ${label}`,
          onchange: () => {
            const a = Number($('period-from').value);
            const b = Number($('period-to').value);
            State.set({ at: null, period: a || b ? [a || Dates.first, Math.max(b || Dates.last, a || 0)] : null });
          },
        },
        el('option', { value: '', text: '–' }),
        years.map((y) => el('option', { value: String(y), text: String(y) })),
      );
      select.value = State.now.period ? String(State.now.period[at]) : '';
      return select;
    };
    return el(
      'div',
      { class: 'field' },
      el('span', { text: t('filters.period') }),
      el(
        'div',
        { class: 'pair' },
        el('span', { text: t('filters.from') }),
        pick('period-from', t('filters.from'), 0),
        el('span', { text: t('filters.to') }),
        pick('period-to', t('filters.to'), 1),
      ),
    );
  };
  const fold = (id, title, rows) =>
    el(
      'details',
      {
        class: 'fold',
        id,
        open: opened.has(id),
        ontoggle: (event) => {
          if (event.target.open) opened.add(id);
          else opened.delete(id);
        },
      },
      el('summary', { text: title }),
      rows,
    );
  const opened = new Set();
  const steps = () =>
    State.now.view !== 'focus'
      ? null
      : el(
          'div',
          { class: 'field' },
          el('span', { text: t('filters.steps') }),
          el(
            'div',
            { class: 'segments', role: 'group', 'aria-label': t('filters.steps') },
            [1, 2].map((n) =>
              el('button', {
                type: 'button',
                id: `steps-${n}`,
                'aria-pressed': String(State.now.steps === n),
                text: t(`filters.step${n}`),
                onclick: () => State.set({ steps: n }),
              }),
            ),
          ),
        );

  const show = () => {
    const place = $('filters');
    const held = place.contains(document.activeElement) ? document.activeElement.id : '';
    const scroll = place.scrollTop;
    place.replaceChildren(
      ...[
        steps(),
        choice('pick-agreement', 'agreement', 'Agreement', State.now.agreement),
        choice('pick-area', 'area', 'DevelopmentArea', State.now.area),
        period(),
        el('h3', { text: t('filters.kinds') }),
        ...kinds(),
        el('h3', { text: t('filters.lines') }),
        ...lines(),
        fold(
          'fold-documents',
          t('filters.documents'),
          Data.documents.map((one, d) =>
            perDocument[d]
              ? row({
                  id: `document-${d}`,
                  text: Words.label(one),
                  count: perDocument[d],
                  checked: !State.now.documents.has(d),
                  onchange: (event) => State.set({ documents: toggle(State.now.documents, [d], event.target.checked) }),
                  only: () => State.set({ documents: new Set(Data.documents.map((x, n) => n).filter((n) => n !== d)) }),
                })
              : null,
          ),
        ),
        fold(
          'fold-relations',
          t('filters.relations'),
          Data.relations
            .map((one, p) => p)
            .filter((p) => perRelation[p])
            .sort((a, b) => perRelation[b] - perRelation[a])
            .map((p) =>
              row({
                id: `relation-${p}`,
                text: Words.label(Data.relations[p]),
                count: perRelation[p],
                checked: !State.now.relations.has(p),
                onchange: (event) => State.set({ relations: toggle(State.now.relations, [p], event.target.checked) }),
                only: () => State.set({ relations: new Set(Data.relations.map((x, n) => n).filter((n) => n !== p)) }),
              }),
            ),
        ),
        el(
          'div',
          { class: 'actions' },
          el('button', {
            type: 'button',
            class: 'action',
            id: 'reset',
            text: t('filters.reset'),
            onclick: () => App.reset(),
          }),
        ),
      ].filter(Boolean),
    );
    place.scrollTop = scroll;
    if (held) $(held)?.focus({ preventScroll: true });
    key();
  };
  // The short legend below the drawing: the families shown there, and the kinds of lines.
  const key = () => {
    const view = Draw.view;
    const shown = new Set(view ? [...Draw.layout.places.keys()].map(Data.family) : []);
    const span = (mark, text) => el('span', {}, mark, text);
    $('key').replaceChildren(
      ...Data.families
        .filter((one) => shown.has(one.name))
        .map((one) => span(Shapes.mark({ shape: 'dot', family: one.name }), Words.label(one))),
      ...(Draw.pairs.some((one) => !one.asserted) ? [span(Shapes.line('derived'), t('key.derived'))] : []),
      ...(Draw.pairs.some((one) => one.carried) ? [span(Shapes.line('carried'), t('key.carried'))] : []),
    );
  };
  return { show };
})();
