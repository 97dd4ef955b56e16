// Tables: the one in step with the drawing (rows = names shown), and any other that a person wants to sort.

const Table = (() => {
  const PAGE = 400;
  // Build a table that sorts by its heads. Columns: {key, title, number, cell(row) → Node or text, sort(row), wide}.
  const make = ({ columns, rows, caption, order, onorder, attributes = () => ({}), page = PAGE }) => {
    const [by, down] = order;
    const column = columns.find((one) => one.key === by); // none: the order that the rows came in
    const compare = (a, b) => {
      const x = column.sort(a);
      const y = column.sort(b);
      const found = typeof x === 'number' && typeof y === 'number' ? x - y : Words.compare(String(x), String(y));
      return down ? -found : found;
    };
    const sorted = column ? [...rows].sort(compare) : rows;
    const body = el('tbody');
    const add = (from, to) =>
      body.append(
        ...sorted.slice(from, to).map((one) =>
          el(
            'tr',
            attributes(one),
            columns.map((c) => {
              const held = c.cell(one);
              return el(
                'td',
                { class: [c.number ? 'number' : '', c.wide ? 'wide' : ''].join(' ').trim() || null },
                held,
              );
            }),
          ),
        ),
      );
    add(0, page);
    const made = el(
      'table',
      { 'aria-rowcount': String(rows.length + 1) },
      el('caption', { text: caption }),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          columns.map((one) =>
            el(
              'th',
              {
                scope: 'col',
                class: [one.number ? 'number' : '', one.wide ? 'wide' : ''].join(' ').trim() || null,
                'aria-sort': one === column ? (down ? 'descending' : 'ascending') : 'none',
              },
              el('button', {
                type: 'button',
                'data-sort': one.key,
                text: one.title,
                onclick: () => onorder([one.key, one.key === by ? !down : Boolean(one.number)]),
              }),
            ),
          ),
        ),
      ),
      body,
    );
    if (rows.length <= page) return [made];
    const more = el('button', {
      type: 'button',
      class: 'more-rows',
      text: t('table.more', { n: rows.length - page }),
      onclick: () => {
        add(page, rows.length);
        more.remove();
      },
    });
    return [made, more];
  };

  let order = ['links', true];
  const sources = (i) => {
    const found = new Set();
    for (const c of [...Data.links(i), ...Data.facts(i)])
      if (Filters.claim(c) && Data.claims.d[c] >= 0) found.add(Data.claims.d[c]);
    return found.size;
  };
  const columns = (ties) => [
    {
      key: 'name',
      title: t('table.name'),
      sort: (i) => Words.name(i),
      cell: (i) =>
        el(
          'button',
          { type: 'button', class: 'name', onclick: () => App.select(i, true) },
          Shapes.of(i),
          el('span', { text: Words.name(i) }),
        ),
    },
    { key: 'kind', title: t('table.kind'), sort: (i) => Words.kindName(i), cell: (i) => Words.kindName(i) },
    {
      key: 'links',
      title: t('table.links'),
      number: true,
      sort: (i) => ties.get(i).size,
      cell: (i) => Words.number(ties.get(i).size),
    },
    {
      key: 'with',
      title: t('table.with'),
      wide: true,
      sort: (i) => Words.name([...ties.get(i)][0] ?? i),
      cell: (i) => {
        const all = [...ties.get(i)].sort((a, b) => Data.degree[b] - Data.degree[a] || a - b);
        return (
          all.slice(0, 3).map(Words.name).join(', ') + (all.length > 3 ? ` + ${Words.number(all.length - 3)}` : '')
        );
      },
    },
    {
      key: 'sources',
      title: t('table.sources'),
      number: true,
      wide: true,
      sort: sources,
      cell: (i) => Words.number(sources(i)),
    },
  ];
  const build = (page = PAGE) => {
    const shown = [...Draw.layout.places.keys()];
    const ties = new Map(shown.map((i) => [i, new Set()]));
    for (const one of Draw.pairs) {
      ties.get(one.a).add(one.b);
      ties.get(one.b).add(one.a);
    }
    return make({
      columns: columns(ties),
      rows: shown,
      caption: t('table.caption', { n: shown.length }),
      order,
      page,
      onorder: (next) => {
        order = next;
        show();
        $('table-board').querySelector(`[data-sort="${next[0]}"]`)?.focus();
      },
      attributes: (i) => ({ 'aria-selected': String(i === State.now.selected), 'data-node': Data.nodes.id[i] }),
    });
  };
  const show = () => {
    const place = $('table-board');
    place.hidden = !State.now.table;
    if (State.now.table) place.replaceChildren(...build());
    else place.replaceChildren();
  };
  const mark = () => {
    for (const one of $('table-board').querySelectorAll('tr[data-node]'))
      one.setAttribute('aria-selected', String(Data.index.get(one.dataset.node) === State.now.selected));
  };
  const print = () => $('print-table').replaceChildren(...build(Infinity));
  return { make, show, mark, print };
})();
