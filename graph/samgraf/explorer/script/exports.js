// What a person takes along: the view as SVG or PNG with its legend, the claims shown as CSV, the link, the printed page.

(() => {
  const file = (blob, name) => {
    const url = URL.createObjectURL(blob);
    const link = el('a', { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 5000);
    Say(t('export.saved', { name }));
  };
  const base = () =>
    ['samgraf', State.now.view, ...State.now.focus.map((i) => Data.nodes.id[i])]
      .join('-')
      .replace(/[^\w-]+/g, '')
      .slice(0, 80);

  // All claims of what is selected; with nothing selected, those among the names shown. No cell can act as a formula.
  const cell = (value) => {
    let text = String(value ?? '');
    if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",;\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  const toCsv = () => {
    const { claims } = Data;
    const shown = Draw.layout.places;
    const found = new Set();
    const { selected } = State.now;
    for (const i of selected >= 0 ? [selected] : shown.keys()) {
      for (const c of Data.facts(i)) if (Filters.claim(c)) found.add(c);
      for (const c of Data.links(i))
        if (Filters.claim(c) && (selected >= 0 || (shown.has(claims.s[c]) && shown.has(claims.o[c])))) found.add(c);
    }
    const head = [
      'subject_id',
      'subject',
      'predicate',
      'relation',
      'object_id',
      'object',
      'role',
      'from',
      'until',
      'modality',
      'derived',
      'document',
      'section',
      'lines',
      'claim',
    ];
    const rows = [...found]
      .sort((a, b) => a - b)
      .map((c) => {
        const [place] = Facts.where(c);
        const edtf = (n) => (n >= 0 ? Data.dates[n][0] : '');
        return [
          Data.nodes.id[claims.s[c]],
          Words.name(claims.s[c]),
          Data.relations[claims.p[c]].name,
          Words.phrase(c),
          claims.o[c] >= 0 ? Data.nodes.id[claims.o[c]] : '',
          claims.o[c] >= 0 ? Words.name(claims.o[c]) : Facts.value(c),
          Words.pair(Data.text('role', c)),
          edtf(claims.f[c]),
          edtf(claims.u[c]),
          ['stated', 'proposed', 'expected'][Data.modality(c)],
          Data.derived(c),
          place?.document.id ?? '',
          place?.section ?? '',
          claims.l[c] >= 0 ? `${claims.l[c]}–${claims.l[c] + claims.e[c]}` : '',
          Data.claimId(c),
        ];
      });
    return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
  };

  const close = (focus = false) => {
    $('exports').hidden = true;
    $('open-exports').setAttribute('aria-expanded', 'false');
    if (focus) $('open-exports').focus();
  };
  const on = (id, act) =>
    $(id).addEventListener('click', () => {
      close(true);
      act();
    });
  $('open-exports').addEventListener('click', () => {
    const open = $('exports').hidden;
    $('exports').hidden = !open;
    $('open-exports').setAttribute('aria-expanded', String(open));
  });
  document.addEventListener('pointerdown', (event) => {
    if (!event.target.closest('.menu')) close();
  });
  document.querySelector('.menu').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close(true);
    }
  });
  on('export-png', () => Scene.toCanvas().toBlob((blob) => file(blob, `${base()}.png`), 'image/png'));
  on('export-svg', () => file(new Blob([Scene.toSvg()], { type: 'image/svg+xml' }), `${base()}.svg`));
  on('export-csv', () => file(new Blob([toCsv()], { type: 'text/csv;charset=utf-8' }), `${base()}.csv`));
  on('export-link', async () => {
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      const held = el('textarea', { class: 'hidden', text: location.href });
      document.body.append(held);
      held.select();
      document.execCommand('copy');
      held.remove();
    }
    App.flash(t('export.copied'));
  });
  on('export-print', () => print());
  on('menu-tour', () => $('open-tour').click());
  on('menu-theme', () => $('theme').click());
  window.addEventListener('beforeprint', () => {
    App.paper(true);
    Table.print();
  });
  window.addEventListener('afterprint', () => App.paper(false));
})();
