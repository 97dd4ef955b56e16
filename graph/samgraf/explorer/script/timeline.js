// The time line: the agreements as bars, a slider by quarters, and a button that plays the years.

const Timeline = (() => {
  const slider = $('time-slider');
  const first = Dates.first * 4;
  const last = Dates.last * 4 + 3;
  let timer = 0;
  slider.min = String(first);
  slider.max = String(last);
  const share = (days) => {
    const [a] = Dates.quarter(first);
    const [, b] = Dates.quarter(last);
    return Math.min(1, Math.max(0, (days - a) / (b - a)));
  };
  const percent = (x) => `${(x * 100).toFixed(2)}%`;
  const bars = () => {
    const span = Filters.interval();
    const rows = [[], []]; // the bars of each row; the most connected agreements are placed first
    const box = svg('svg', { 'aria-hidden': 'true' });
    const wide = $('time-bars').clientWidth;
    const known = Dates.frames
      .filter((i) => Dates.spans[i][1] - Dates.spans[i][0] > 500)
      .sort((x, y) => Data.degree[y] - Data.degree[x] || x - y)
      .slice(0, 6);
    for (const i of known) {
      const [a, b] = Dates.spans[i].map(share);
      const row = rows.findIndex((bars_) => bars_.every(([c, d]) => b <= c + 0.002 || a >= d - 0.002));
      if (row < 0 || b - a < 0.02) continue;
      rows[row].push([a, b]);
      const y = row * 16;
      const bar = svg('rect', {
        x: percent(a),
        width: percent(b - a - 0.003),
        y,
        height: 14,
        rx: 2,
        class: span && Dates.alive(i, ...span) ? 'held' : '',
      });
      const room = Math.floor(((b - a) * wide - 12) / 5.6);
      const text = svg('text', { x: percent(a + 0.005), y: y + 11 });
      const name = Words.name(i);
      text.textContent = room < 6 ? '' : name.length > room ? `${name.slice(0, room - 1)}…` : name;
      box.append(bar, text);
    }
    $('time-bars').replaceChildren(box);
  };
  const years = () => {
    const box = svg('svg', { 'aria-hidden': 'true' });
    const n = Dates.last - Dates.first + 1;
    const every = Math.max(1, Math.ceil(n / Math.max(3, $('time-years').clientWidth / 48)));
    for (let y = Dates.first; y <= Dates.last; y += every) {
      const text = svg('text', { x: percent(share(Dates.year(y)[0])), y: 12 });
      text.textContent = String(y);
      box.append(text);
    }
    $('time-years').replaceChildren(box);
  };
  const pause = () => {
    clearInterval(timer);
    timer = 0;
    buttons();
  };
  const buttons = () => {
    $('play').setAttribute('aria-pressed', String(timer !== 0));
    $('play').setAttribute('aria-label', t(timer ? 'time.pause' : 'time.play'));
    $('play')
      .querySelector('path')
      .setAttribute('d', timer ? 'M5 4h4v12H5zm6 0h4v12h-4z' : 'M6 3.5 16.5 10 6 16.5z');
  };
  const play = () => {
    if (timer) {
      pause();
      return;
    }
    const { at } = State.now;
    State.set({ at: at === null || at >= last ? first : at, period: null });
    timer = setInterval(
      () => {
        if (State.now.at === null || State.now.at >= last) {
          pause();
          return;
        }
        State.set({ at: Math.min(last, State.now.at + 2) });
      },
      Draw.calm() ? 2200 : 1300,
    );
    buttons();
  };
  $('play').addEventListener('click', play);
  slider.addEventListener('input', () => {
    if (timer) pause();
    State.set({ at: Number(slider.value), period: null });
  });
  $('time-all').addEventListener('click', () => {
    pause();
    State.set({ at: null, period: null });
    slider.focus();
  });
  const show = () => {
    const { at, period } = State.now;
    slider.value = String(at ?? last);
    slider.classList.toggle('unset', at === null);
    const now = at !== null ? Dates.quarterName(at) : period ? period.join('–') : t('time.always');
    $('time-now').textContent = now;
    slider.setAttribute('aria-valuetext', now);
    $('time-all').hidden = at === null && !period;
    bars();
    years();
    buttons();
  };
  return { show, pause };
})();
