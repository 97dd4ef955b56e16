// Claims in plain words: what is said, when, in what role, and where it stands.

const Facts = (() => {
  const { claims, sparse, documents, strings } = Data;
  const value = (c) => {
    if (sparse.when[c] !== undefined) return Dates.plain(Data.dates[sparse.when[c]][0]);
    const held = sparse.value[c];
    if (typeof held !== 'number') return held ?? Words.pair(Data.text('text', c));
    const parts = [Words.number(held), Words.pair(Data.text('unit', c))].filter(Boolean).join(' ');
    const what = [Data.text('measure', c), Data.text('population', c)].filter(Boolean).map(Words.pair).join(', ');
    return what ? `${parts} – ${what}` : parts;
  };
  const lines = (a, b) =>
    a < 0 ? '' : a === b ? t('facts.line', { a: String(a) }) : t('facts.lines', { a: String(a), b: String(b) });
  const where = (c) => {
    const all = [];
    if (claims.d[c] >= 0 && !Data.derived(c))
      all.push([claims.d[c], claims.h[c], claims.l[c], claims.l[c] < 0 ? -1 : claims.l[c] + claims.e[c]]);
    return all
      .concat(sparse.more[c] || [])
      .map(([d, h, a, b]) => ({ document: documents[d], section: h >= 0 ? strings[h] : '', lines: lines(a, b) }));
  };
  // A role that the phrase has already in it ('deltager i', 'er vært for') is not said twice.
  const says = (c, role) =>
    [Words.phrase(c), Words.phrase(c, claims.o[c])].some((phrase) =>
      phrase.toLowerCase().includes(role.toLowerCase().slice(0, 7)),
    );
  const meta = (c) => {
    const parts = [];
    const role = Data.text('role', c);
    if (role && !says(c, Words.pair(role))) parts.push(Words.pair(role));
    if (sparse.behalf[c] !== undefined) parts.push(t('facts.behalf', { name: Words.name(sparse.behalf[c]) }));
    if (sparse.via[c]) parts.push(t('facts.via', { names: Words.list(sparse.via[c].map(Words.name)) }));
    if (sparse.figure[c]) parts.push(t(`figure.${sparse.figure[c]}`));
    const period = Dates.period(c);
    if (period) parts.push(period);
    return parts.join(' · ');
  };
  const tags = (c) => {
    const made = [];
    if (Data.derived(c)) made.push(el('span', { class: 'tag derived', text: t('facts.derived') }));
    if (Data.modality(c))
      made.push(
        el('span', { class: 'tag proposed', text: t(Data.modality(c) === 1 ? 'facts.proposed' : 'facts.expected') }),
      );
    if (Data.superseded(c)) made.push(el('span', { class: 'tag', text: t('facts.superseded') }));
    return made;
  };
  const sentence = (c) => {
    const end = claims.o[c] >= 0 ? Words.name(claims.o[c]) : value(c);
    return `${Words.name(claims.s[c])} ${Words.phrase(c)} ${end}`;
  };
  const link = (text) => {
    let url = null;
    try {
      url = new URL(text);
    } catch {
      return null;
    }
    return ['http:', 'https:'].includes(url.protocol)
      ? el('a', { href: url.href, rel: 'noopener noreferrer', target: '_blank', text })
      : null;
  };
  const summary = (c) => {
    if (Data.derived(c)) return t('facts.because');
    const [first, ...rest] = where(c);
    if (!first) return t('facts.source');
    const more = rest.length ? ` + ${rest.length}` : '';
    return [
      el('span', { class: 'hidden', text: `${t('facts.source')}: ` }),
      el('span', { class: 'from', text: Words.label(first.document) }),
      el('span', { class: 'at', text: `${first.lines}${more}` }),
    ];
  };
  const ruleName = (rule) => (Words.has(`rule.${rule}`) ? t(`rule.${rule}`) : rule);
  // The source of a claim, folded: document, heading, lines, the passage when the page has it; of a derived one, its grounds.
  const source = (c, also = []) => {
    const body = el('div', { class: 'source-body' });
    const held = el('details', { class: 'source', 'data-claim': String(c) }, el('summary', {}, summary(c)), body);
    const fill = () => {
      if (body.firstChild) return;
      const all = [c, ...also];
      const rules = [...new Set(all.map((one) => sparse.rule[one]).filter(Boolean))];
      if (Data.derived(c))
        body.append(el('p', { class: 'where', text: t('facts.rule', { rule: rules.map(ruleName).join(', ') || '–' }) }));
      for (const ground of new Set(all.flatMap((one) => sparse.because[one] || [])))
        body.append(el('div', {}, el('p', { text: sentence(ground) }), ...places(ground)));
      if (!Data.derived(c)) body.append(...places(c));
      if (sparse.note[c]) body.append(el('p', { class: 'where', text: sparse.note[c] }));
      if (Data.claimId(c)) body.append(el('p', { class: 'where claim-id', text: Data.claimId(c) }));
    };
    held.firstChild.addEventListener('click', fill);
    held.addEventListener('toggle', fill);
    return held;
  };
  const named = (one) => {
    const text = Words.label(one);
    const made = one.url ? link(one.url) : null;
    if (made) made.textContent = text;
    return made || text;
  };
  // Document, heading and lines of each passage; what is as in the passage before is not said again.
  const places = (c) => {
    let before = null;
    return where(c).flatMap((one, k) => {
      const passage = (sparse.passages[c] || [])[k];
      const sameDocument = before?.document === one.document;
      const section = sameDocument && before.section === one.section ? '' : one.section;
      before = one;
      return [
        sameDocument ? null : el('p', {}, named(one.document)),
        el('p', { class: 'where', text: [section, one.lines].filter(Boolean).join(' · ') }),
        passage ? el('blockquote', { text: passage, 'aria-label': t('facts.passage') }) : null,
      ].filter(Boolean);
    });
  };
  // One row may stand on several claims: the same is said in more than one place.
  const row = (same, i) => {
    const [c] = same;
    const target = claims.o[c] < 0 ? -1 : Data.other(c, i);
    const said = target < 0 ? value(c) : '';
    const main =
      target >= 0
        ? el('button', {
            type: 'button',
            class: 'fact-name',
            text: Words.name(target),
            onclick: () => App.select(target, true),
          })
        : el('span', {}, (typeof said === 'string' && link(said)) || said);
    // A derived fact may follow in many ways: they are told in one breath.
    const ways = Data.derived(c) && same.length > 1;
    const via = ways ? [...new Set(same.flatMap((one) => sparse.via[one] || []))].map(Words.name) : [];
    const names = via.length > 3 ? [...via.slice(0, 3), `+ ${via.length - 3}`].join(', ') : Words.list(via);
    const small = ways ? (via.length ? t('facts.via', { names: names }) : '') : meta(c);
    return el(
      'div',
      { class: 'fact' },
      el(
        'div',
        { class: 'fact-line' },
        target >= 0 ? Shapes.of(target) : null,
        el(
          'div',
          { class: 'fact-main' },
          main,
          small || tags(c).length ? el('div', { class: 'fact-meta' }, ...tags(c), small) : null,
          ...(ways ? [source(c, same.slice(1))] : same.map((one) => source(one))),
        ),
      ),
    );
  };
  const TEXTS = [
    'description',
    'goal',
    'background',
    'task',
    'statusText',
    'hasStatus',
    'period',
    'startDate',
    'endDate',
    'heldOn',
    'result',
    'decided',
  ];
  const LINKS = [
    'underAgreement',
    'underArea',
    'participatesIn',
    'hosts',
    'chairs',
    'memberOf',
    'partyTo',
    'holdsPost',
    'collaboratesWith',
    'responsibleFor',
    'carriedOutBy',
    'partOf',
    'affiliatedWith',
  ];
  const SHOWN = 6;
  const group = (title, list, i) => {
    const made = el(
      'section',
      { class: 'group' },
      el(
        'h3',
        {},
        el('span', { text: title }),
        list.length > 3 ? el('small', { text: Words.number(list.length) }) : null,
      ),
    );
    for (const same of list.slice(0, SHOWN)) made.append(row(same, i));
    if (list.length > SHOWN + 1) {
      made.append(
        el('button', {
          type: 'button',
          class: 'more',
          text: t('facts.more', { n: list.length - SHOWN }),
          onclick: (event) => {
            const rest = list.slice(SHOWN).map((same) => row(same, i));
            event.currentTarget.replaceWith(...rest);
            rest[0].querySelector('button, summary')?.focus();
          },
        }),
      );
    } else for (const same of list.slice(SHOWN)) made.append(row(same, i));
    return made;
  };
  // Everything about one node, grouped by what it says, texts first, then the links from the most telling on.
  const groups = (i) => {
    const keys = new Map();
    const add = (c) => {
      const turned = claims.o[c] >= 0 && claims.s[c] !== i ? 1 : 0;
      const key = `${claims.p[c]}|${turned}`;
      if (!keys.has(key)) keys.set(key, { title: Words.phrase(c, i), p: claims.p[c], turned, list: [], derived: true });
      keys.get(key).list.push(c);
      keys.get(key).derived &&= Data.derived(c);
    };
    // What a rule derived and a document says too is left to the document.
    const stated = new Set();
    for (const c of Data.links(i)) if (Filters.claim(c) && !Data.derived(c)) stated.add(Data.other(c, i));
    let hidden = 0;
    for (const c of [...Data.facts(i), ...Data.links(i)]) {
      if (!Filters.claim(c)) hidden += 1;
      else if (!Data.derived(c) || !stated.has(Data.other(c, i))) add(c);
    }
    const rank = (one) => {
      const name = Data.relations[one.p].name;
      const text = TEXTS.indexOf(name);
      if (text >= 0 && !one.turned) return text;
      if (claims.o[one.list[0]] < 0) return (Data.isActor(i) ? 600 : 50) + one.p / 100;
      const place = LINKS.indexOf(name);
      return 100 + one.derived * 900 + (place < 0 ? 40 + one.p : place) * 2 + one.turned;
    };
    const made = [...keys.values()].sort((a, b) => rank(a) - rank(b));
    for (const one of made) {
      one.list.sort(
        (a, b) =>
          Data.derived(a) - Data.derived(b) ||
          Dates.from[a] - Dates.from[b] ||
          (claims.o[a] >= 0 ? Words.compare(Words.name(Data.other(a, i)), Words.name(Data.other(b, i))) : a - b),
      );
      const same = new Map();
      for (const c of one.list) {
        const target = claims.o[c] < 0 ? value(c) : Data.other(c, i);
        const key = [target, Data.derived(c) ? '' : meta(c), claims.m[c]].join('|');
        if (!same.has(key)) same.set(key, []);
        same.get(key).push(c);
      }
      one.list = [...same.values()];
    }
    return { made, hidden };
  };
  return { value, where, meta, tags, sentence, source, row, group, groups };
})();
