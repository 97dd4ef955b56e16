// Ready-made look-ups: the results of the named queries, as tables to sort.

const Gallery = (() => {
  const dialog = $('gallery');
  const { queries } = Data.raw;
  let order = ['', false];
  const cell = (value) => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return Words.number(value);
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    const held = typeof value === 'object' ? Words.label(value) : String(value);
    if (/^\d{4}(-\d\d){0,2}(\/\d{4}(-\d\d){0,2})?[~?]?$/.test(held)) return Dates.plain(held);
    const i = Data.index.get(typeof value === 'object' ? value.id : held);
    if (i !== undefined)
      return el('button', {
        type: 'button',
        text: Words.name(i),
        onclick: () => {
          dialog.close();
          App.around(i);
        },
      });
    return held;
  };
  const sort = (value) =>
    typeof value === 'number'
      ? value
      : value === null || value === undefined
        ? ''
        : typeof value === 'object'
          ? Words.label(value)
          : Data.index.has(value)
            ? Words.name(Data.index.get(value))
            : String(value);
  const title = (one) =>
    typeof one === 'object'
      ? Words.label(one)
      : Words.has(`column.${one}`)
        ? t(`column.${one}`)
        : one.replaceAll('_', ' ');
  const body = (query) => {
    const columns = query.columns.map((one, k) => ({
      key: String(k),
      title: title(one),
      number: query.rows.length > 0 && query.rows.every((row) => typeof row[k] === 'number'),
      sort: (row) => sort(row[k]),
      cell: (row) => cell(row[k]),
    }));
    return Table.make({
      columns,
      rows: query.rows,
      caption: t('gallery.rows', { n: query.rows.length }),
      order,
      page: 300,
      onorder: (next) => {
        order = next;
        show();
        dialog.querySelector(`[data-sort="${next[0]}"]`)?.focus();
      },
    });
  };
  const show = () => {
    const query = queries.find((one) => one.name === State.now.query) || null;
    if (!query && dialog.open) dialog.close();
    if (!query) return;
    const held = dialog.querySelector('.gallery-list')?.scrollTop || 0;
    dialog.replaceChildren(
      el(
        'div',
        { class: 'dialog-head' },
        el(
          'div',
          {},
          el('h2', { id: 'gallery-title', text: t('gallery.title') }),
          el('p', { text: t('gallery.intro') }),
        ),
        el('button', { type: 'button', class: 'dialog-close', text: t('facts.close'), onclick: () => dialog.close() }),
      ),
      el(
        'nav',
        { class: 'gallery-list', 'aria-label': t('gallery.title') },
        queries.map((one) =>
          el(
            'button',
            {
              type: 'button',
              'aria-pressed': String(one === query),
              onclick: () => {
                order = ['', false];
                State.set({ query: one.name });
                dialog.querySelector('[aria-pressed="true"]')?.focus();
              },
            },
            el('span', { text: Words.label(one.title) }),
            el('small', { text: ` ${Words.number(one.rows.length)}` }),
          ),
        ),
      ),
      el(
        'div',
        { class: 'gallery-body', tabindex: '0', role: 'region', 'aria-label': Words.label(query.title) },
        el('h3', { text: Words.label(query.title) }),
        el('p', { text: Words.label(query.description) }),
        ...body(query),
      ),
    );
    dialog.querySelector('.gallery-list').scrollTop = held;
    if (!dialog.open) dialog.showModal();
  };
  dialog.addEventListener('close', () => {
    if (State.now.query) State.set({ query: '' });
  });
  $('open-gallery').addEventListener('click', () => {
    order = ['', false];
    State.set({ query: queries[0]?.name ?? '' });
  });
  $('open-gallery').hidden = !queries.length;
  return { show };
})();
