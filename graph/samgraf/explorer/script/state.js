// The state of the page, and its place in the address: all of it is in the hash, so that a link shows the same.

const State = (() => {
  const fresh = () => ({
    view: Data.index.has(Data.raw.focus) ? 'focus' : 'overview',
    focus: Data.index.has(Data.raw.focus) ? [Data.index.get(Data.raw.focus)] : [],
    selected: -1,
    steps: 2,
    table: false,
    tab: 'facts',
    expanded: [],
    whole: false,
    kinds: new Set(),
    relations: new Set(),
    documents: new Set(),
    agreement: -1,
    area: -1,
    at: null,
    period: null,
    derived: true,
    proposed: true,
    camera: null,
    query: '',
    lang: Data.raw.lang,
    theme: '',
  });
  const now = fresh();
  const listeners = [];
  const ids = (list) => list.map((i) => encodeURIComponent(Data.nodes.id[i])).join(',');
  const nodesOf = (text) =>
    text
      .split(',')
      .map((id) => Data.index.get(decodeURIComponent(id)))
      .filter((i) => i !== undefined);
  const names = (set, list, key) =>
    [...set]
      .sort((a, b) => a - b)
      .map((k) => encodeURIComponent(list[k][key]))
      .join(',');
  const setOf = (text, list, key) => {
    const wanted = new Set(text.split(',').map(decodeURIComponent));
    return new Set(list.map((one, k) => (wanted.has(one[key]) ? k : -1)).filter((k) => k >= 0));
  };

  const write = () => {
    const start = fresh();
    const part = [];
    const put = (key, value, base) => {
      if (value !== base && value !== '' && value !== null) part.push(`${key}=${value}`);
    };
    const same = now.view === start.view && String(now.focus) === String(start.focus);
    if (!same) {
      put('v', now.view);
      put('f', ids(now.focus));
    }
    put('s', now.selected >= 0 ? ids([now.selected]) : '');
    put('n', now.steps, 2);
    put('x', ids(now.expanded));
    put('w', now.whole ? 1 : '');
    put('k', names(now.kinds, Data.kinds, 'name'));
    put('r', names(now.relations, Data.relations, 'name'));
    put('d', names(now.documents, Data.documents, 'id'));
    put('g', now.agreement >= 0 ? ids([now.agreement]) : '');
    put('a', now.area >= 0 ? ids([now.area]) : '');
    put('t', now.at === null ? '' : `${Math.floor(now.at / 4)}q${(now.at % 4) + 1}`);
    put('p', now.period ? now.period.join('-') : '');
    put('i', now.derived ? '' : 0);
    put('m', now.proposed ? '' : 0);
    put('tb', now.table ? 1 : '');
    put('tab', now.tab, 'facts');
    put('q', encodeURIComponent(now.query));
    put('l', now.lang, Data.raw.lang);
    put('th', now.theme);
    put('c', now.camera ? now.camera.join(',') : '');
    return part.join('&');
  };

  const read = (hash) => {
    Object.assign(now, fresh());
    const got = {};
    for (const one of hash.replace(/^#/, '').split('&')) {
      const cut = one.indexOf('=');
      if (cut > 0) got[one.slice(0, cut)] = one.slice(cut + 1);
    }
    const safely = (key, use) => {
      if (got[key] !== undefined)
        try {
          use(got[key]);
        } catch {
          /* a broken address shows the first view */
        }
    };
    safely('f', (v) => {
      now.focus = nodesOf(v).slice(0, 3);
    });
    safely('v', (v) => {
      if (['overview', 'focus', 'map', 'path', 'common'].includes(v)) now.view = v;
    });
    if (got.v && !got.f) now.focus = [];
    if (now.view === 'focus' && !now.focus.length) now.view = 'overview';
    if (['path', 'common'].includes(now.view) && now.focus.length < 2)
      now.view = now.focus.length ? 'focus' : 'overview';
    safely('s', (v) => {
      now.selected = nodesOf(v)[0] ?? -1;
    });
    safely('n', (v) => {
      now.steps = v === '1' ? 1 : 2;
    });
    safely('x', (v) => {
      now.expanded = nodesOf(v).slice(0, 12);
    });
    safely('w', (v) => {
      now.whole = v === '1';
    });
    safely('k', (v) => {
      now.kinds = setOf(v, Data.kinds, 'name');
    });
    safely('r', (v) => {
      now.relations = setOf(v, Data.relations, 'name');
    });
    safely('d', (v) => {
      now.documents = setOf(v, Data.documents, 'id');
    });
    safely('g', (v) => {
      now.agreement = nodesOf(v)[0] ?? -1;
    });
    safely('a', (v) => {
      now.area = nodesOf(v)[0] ?? -1;
    });
    safely('t', (v) => {
      const [, y, q] = /^(\d{4})q([1-4])$/.exec(v) || [];
      if (y) now.at = y * 4 + (q - 1);
    });
    safely('p', (v) => {
      const [, a, b] = /^(\d{4})-(\d{4})$/.exec(v) || [];
      if (a) now.period = [Number(a), Number(b)];
    });
    safely('i', (v) => {
      now.derived = v !== '0';
    });
    safely('m', (v) => {
      now.proposed = v !== '0';
    });
    safely('tb', (v) => {
      now.table = v === '1';
    });
    safely('tab', (v) => {
      if (['facts', 'filters', 'compare'].includes(v)) now.tab = v;
    });
    safely('q', (v) => {
      now.query = decodeURIComponent(v);
    });
    safely('l', (v) => {
      now.lang = v === 'en' ? 'en' : 'da';
    });
    safely('th', (v) => {
      now.theme = v === 'dark' ? 'dark' : 'light';
    });
    safely('c', (v) => {
      const c = v.split(',').map(Number);
      if (c.length === 3 && c.every(Number.isFinite) && c[2] > 0) now.camera = c;
    });
  };

  let depth = 0;
  const keep = (push) => {
    const hash = write();
    if (`#${hash}` === location.hash || (!hash && !location.hash)) return;
    const target = `#${hash}`;
    try {
      if (push) {
        depth += 1;
        history.pushState({ depth }, '', target);
      } else history.replaceState({ depth }, '', target);
    } catch {
      location.hash = hash;
    }
  };
  const tell = (what) => {
    for (const one of listeners) one(what);
  };
  // `set` changes the state and tells everyone; steps that a person would want to go back from enter the history.
  const set = (changes, { push = false } = {}) => {
    const moved = ['view', 'focus', 'expanded', 'whole'].some(
      (key) => key in changes && String(changes[key]) !== String(now[key]),
    );
    if (moved && !('camera' in changes)) now.camera = null;
    Object.assign(now, changes);
    keep(push || moved || 'selected' in changes);
    tell(changes);
  };
  window.addEventListener('popstate', (event) => {
    depth = event.state?.depth ?? 0;
    read(location.hash);
    tell(null);
  });
  return {
    now,
    set,
    read,
    write,
    keep,
    fresh,
    listen: (one) => listeners.push(one),
    get depth() {
      return depth;
    },
  };
})();
