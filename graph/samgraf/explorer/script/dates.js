// Partial dates in plain words, and when a claim or an entity held: days since 1970, quarters for the time line.

const Dates = (() => {
  const { claims, dates, sparse } = Data;
  const day = (iso) => (iso ? Math.round(Date.parse(`${iso}T00:00:00Z`) / 864e5) : NaN);
  const low = dates.map(([, first]) => day(first));
  const high = dates.map(([, , last]) => day(last));
  const from = new Float64Array(Data.count).fill(-Infinity);
  const until = new Float64Array(Data.count).fill(Infinity);
  for (let c = 0; c < Data.count; c += 1) {
    if (claims.f[c] >= 0 && !Number.isNaN(low[claims.f[c]])) from[c] = low[claims.f[c]];
    if (claims.u[c] >= 0 && !Number.isNaN(high[claims.u[c]])) until[c] = high[claims.u[c]];
  }

  // An entity's own time: what `period`, `startDate` and `endDate` say; else that of the agreement it is under.
  const spans = new Array(Data.size).fill(null);
  const own = (i) => {
    let a = -Infinity;
    let b = Infinity;
    let found = false;
    for (const c of Data.facts(i)) {
      const name = Data.relations[claims.p[c]].name;
      const when = sparse.when[c];
      if (when === undefined || Data.superseded(c)) continue;
      if (name === 'period') {
        a = Math.max(a, low[when]);
        b = Math.min(b, high[when]);
        found = true;
      }
      if (name === 'startDate') {
        a = low[when];
        found = true;
      }
      if (name === 'endDate') {
        b = high[when];
        found = true;
      }
    }
    return found && a <= b ? [a, b] : null;
  };
  for (let i = 0; i < Data.size; i += 1) if (!Data.isActor(i)) spans[i] = own(i);
  const up = Data.rel('underAgreement', 'underArea', 'pursues', 'partOf', 'continuedIn');
  const inherit = (i, trail) => {
    if (spans[i] || trail.has(i) || trail.size > 5 || Data.isActor(i)) return spans[i];
    trail.add(i);
    let a = Infinity;
    let b = -Infinity;
    for (const c of Data.links(i)) {
      if (claims.s[c] !== i || !up.has(claims.p[c]) || Data.isActor(claims.o[c])) continue;
      const above = inherit(claims.o[c], trail);
      if (above) {
        a = Math.min(a, above[0]);
        b = Math.max(b, above[1]);
      }
    }
    return a < b ? [a, b] : null;
  };
  const inherited = spans.map(
    (one, i) => one || (Data.isKind(i, 'DevelopmentArea', 'Initiative', 'Goal') ? inherit(i, new Set()) : null),
  );
  const alive = (i, a, b) => {
    const s = inherited[i];
    return !s || (s[0] <= b && s[1] >= a);
  };

  // The years that the time line spans: those of the agreements, or of most claims where there are none.
  const years = [];
  for (let c = 0; c < Data.count; c += 1) {
    if (from[c] > -Infinity) years.push(new Date(from[c] * 864e5).getUTCFullYear());
    if (until[c] < Infinity) years.push(new Date(until[c] * 864e5).getUTCFullYear());
  }
  years.sort((a, b) => a - b);
  const frames = [];
  for (let i = 0; i < Data.size; i += 1)
    if (Data.isKind(i, 'Agreement') && spans[i]?.every(Number.isFinite)) frames.push(i);
  frames.sort((a, b) => spans[a][0] - spans[b][0] || a - b);
  const edge = frames.flatMap((i) => spans[i]).map((d) => new Date(d * 864e5).getUTCFullYear());
  if (years.length && !edge.length)
    edge.push(years[Math.floor(years.length * 0.1)], years[Math.floor(years.length * 0.97)]);
  const first = edge.length ? Math.max(Math.min(...edge), Math.max(...edge) - 15) : 2020;
  const last = edge.length ? Math.max(...edge) : 2025;
  const quarter = (q) => {
    const a = Date.UTC(Math.floor(q / 4), (q % 4) * 3, 1) / 864e5;
    return [a, Date.UTC(Math.floor(q / 4), (q % 4) * 3 + 3, 1) / 864e5 - 1];
  };
  const year = (y) => [Date.UTC(y, 0, 1) / 864e5, Date.UTC(y, 11, 31) / 864e5];

  const months = {
    da: 'januar februar marts april maj juni juli august september oktober november december'.split(' '),
    en: 'January February March April May June July August September October November December'.split(' '),
  };
  const seasons = {
    da: ['foråret', 'sommeren', 'efteråret', 'vinteren'],
    en: ['spring', 'summer', 'autumn', 'winter'],
  };
  const plain = (edtf) => {
    const text = String(edtf);
    if (text.includes('/'))
      return text
        .split('/')
        .map((one) => (one === '..' || !one ? '' : plain(one)))
        .join('–');
    if (/[~%]$/.test(text)) return t('date.about', { d: plain(text.slice(0, -1)) });
    if (/\?$/.test(text)) return t('date.maybe', { d: plain(text.slice(0, -1)) });
    const [, y, m, d] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text) || [];
    if (!y) return text;
    if (!m) return y;
    const n = Number(m);
    if (n >= 21 && n <= 24) return `${seasons[Words.lang][n - 21]} ${y}`;
    if (n >= 33 && n <= 36) return t('date.quarter', { q: String(n - 32), y });
    const month = months[Words.lang][n - 1];
    if (!month) return text;
    if (!d) return `${month} ${y}`;
    return Words.lang === 'da' ? `${Number(d)}. ${month} ${y}` : `${Number(d)} ${month} ${y}`;
  };
  const period = (c) => {
    const f = claims.f[c] >= 0 ? plain(dates[claims.f[c]][0]) : '';
    const u = claims.u[c] >= 0 ? plain(dates[claims.u[c]][0]) : '';
    if (f && u) return f === u ? f : `${f} – ${u}`;
    if (f) return t('date.since', { d: f });
    return u ? t('date.until', { d: u }) : '';
  };
  const yearOf = (day_) => new Date(day_ * 864e5).getUTCFullYear();
  // The years that an entity's own period spans, or nothing when no document gives them.
  const yearSpan = (i) => {
    const span = spans[i];
    if (!span || !span.some(Number.isFinite)) return '';
    const [a, b] = span.map((one) => (Number.isFinite(one) ? String(yearOf(one)) : ''));
    return a === b ? a : `${a}–${b}`;
  };
  const quarterName = (q) => t('date.quarter', { q: String((q % 4) + 1), y: String(Math.floor(q / 4)) });
  return {
    years: yearSpan,
    from,
    until,
    spans,
    inherited,
    alive,
    frames,
    first,
    last,
    quarter,
    year,
    plain,
    period,
    quarterName,
    day,
  };
})();
