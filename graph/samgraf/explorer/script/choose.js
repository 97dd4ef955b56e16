// What each view shows. A view is columns of groups of nodes (to be read from left to right), or the map.

const Choose = (() => {
  const { claims } = Data;
  const { sum, byName, start, above, isArea, isInitiative, actorsOf, tall, cut, families } = Frame;
  const inScope = (i) => Filters.node(i) && Filters.scoped().every((inside) => inside.has(i));

  // Agreements of another time that something of this time comes from or lives on in.
  const ghosts = (list) => {
    const found = new Set();
    for (const i of list) {
      for (const c of Data.links(i)) {
        const j = Data.other(c, i);
        if (
          Data.isCarried(c) &&
          Filters.claim(c) &&
          !Filters.node(j) &&
          !State.now.kinds.has(Data.nodes.kind[j]) &&
          Data.isKind(j, 'Agreement')
        )
          found.add(j);
      }
    }
    return [...found];
  };

  const overview = (room) => {
    const agreements = [];
    const areas = [];
    const initiatives = [];
    for (let i = 0; i < Data.size; i += 1) {
      if (!inScope(i)) continue;
      if (Data.isKind(i, 'Agreement')) agreements.push(i);
      else if (isArea(i)) areas.push(i);
      else if (isInitiative(i)) initiatives.push(i);
    }
    const heavy = new Map(initiatives.map((i) => [i, actorsOf(i).length]));
    // A chapter of an agreement stands for the agreement that it is a part of.
    const root = (i) => {
      const trail = new Set();
      let top = i;
      while (top >= 0 && !trail.has(top)) {
        trail.add(top);
        const next = above(top, ['Agreement'], 1);
        if (next < 0) break;
        top = next;
      }
      return top;
    };
    const home = new Map(); // area or initiative -> agreement
    for (const i of areas) home.set(i, root(above(i, ['Agreement'])));
    const place = new Map(); // initiative -> area, or agreement, or -1
    for (const i of initiatives) {
      const area = above(i, ['DevelopmentArea']);
      place.set(i, area >= 0 ? area : root(above(i, ['Agreement'])));
    }
    const top = initiatives.filter(
      (i) =>
        ![...Data.links(i)].some(
          (c) => claims.s[c] === i && Data.rel('partOf').has(claims.p[c]) && isInitiative(claims.o[c]),
        ),
    );
    const weight = (i) => heavy.get(i) || 0;
    const best = (list) => list.sort((a, b) => weight(b) - weight(a) || byName(a, b));
    agreements.sort((a, b) => start(a) - start(b) || byName(a, b));
    const some = new Set(top.map((i) => place.get(i)));
    const main = new Set(Dates.frames);
    const full = (agreement) => areas.filter((i) => home.get(i) === agreement && some.has(i)).length > 1;
    const busy = areas.filter(
      (i) =>
        some.has(i) ||
        (main.has(home.get(i)) && !full(home.get(i))) ||
        [...Data.links(i)].some((c) => Data.isCarried(c) && Filters.claim(c)),
    );
    const used = agreements.filter((g) => some.has(g) || busy.some((a) => home.get(a) === g));
    used.push(...ghosts([...busy, ...used]));
    used.sort((a, b) => start(a) - start(b) || byName(a, b));
    const groups = [];
    const areaColumn = [];
    for (const agreement of [...used, -1]) {
      const own = busy.filter((i) => home.get(i) === agreement).sort(byName);
      for (const area of own) {
        const items = best(top.filter((i) => place.get(i) === area));
        areaColumn.push(area);
        groups.push({ title: '', key: area, items });
      }
      if (agreement >= 0)
        groups.push({ title: '', key: agreement, items: best(top.filter((i) => place.get(i) === agreement)) });
    }
    const shown = cut(
      groups.filter((one) => one.items.length),
      room,
      weight,
    );
    const loose = best(top.filter((i) => place.get(i) === -1 && weight(i) > 1)).slice(
      0,
      Math.max(0, Math.min(10, room - tall(shown) - 2)),
    );
    if (loose.length) shown.push({ title: t('head.noarea'), key: -1, items: loose });
    const kept = new Set(shown.map((one) => one.key));
    const areasShown = areaColumn.filter((i) => kept.has(i) || !some.has(i)).slice(0, Math.floor(room * 0.8));
    const tally = new Map();
    for (const i of shown.flatMap((one) => one.items))
      for (const j of actorsOf(i)) tally.set(j, (tally.get(j) || 0) + 1);
    const actors = [...tally.keys()]
      .filter((j) => Filters.node(j))
      .sort((a, b) => tally.get(b) - tally.get(a) || byName(a, b));
    const busiest = cut(families(actors), room, (j) => tally.get(j) * 1000 + Data.degree[j]);
    const parent = new Map([...areas.map((i) => [i, home.get(i)]), ...place]);
    return {
      mode: 'columns',
      parent,
      counts: { i: sum(shown), a: used.filter(Filters.node).length, n: sum(busiest) },
      columns: [
        {
          title: t('head.agreements'),
          width: 0.18,
          groups: [{ items: used.slice(0, Math.floor(room / 2)) }],
          tree: true,
        },
        { title: t('head.areas'), width: 0.26, groups: [{ items: areasShown }], tree: true },
        { title: t('head.initiatives'), width: 0.33, groups: shown },
        { title: t('head.actors'), width: 0.23, groups: busiest, sort: true },
      ].filter((one) => sum(one.groups)),
    };
  };

  const focus = (i, room, steps) => {
    const near = [...Graph.neighbours(i)].sort((a, b) => Data.degree[b] - Data.degree[a] || byName(a, b));
    const rest = new Set(near);
    const take = (title, test) => {
      const items = near.filter((j) => rest.has(j) && test(j));
      for (const j of items) rest.delete(j);
      return items.length ? [{ title, items }] : [];
    };
    const groups = [];
    const framed = new Map();
    for (const j of near) {
      if (!isInitiative(j) || j === i) continue;
      const area = above(j, ['DevelopmentArea']);
      const agreement = above(area >= 0 ? area : j, ['Agreement']);
      const key = area >= 0 && area !== i ? area : agreement;
      if (!framed.has(key)) framed.set(key, { agreement, area, items: [] });
      framed.get(key).items.push(j);
      rest.delete(j);
    }
    const frames = [...framed.entries()].sort(
      ([, a], [, b]) =>
        (a.agreement < 0) - (b.agreement < 0) ||
        start(a.agreement) - start(b.agreement) ||
        b.items.length - a.items.length,
    );
    for (const [key, one] of frames) {
      const title =
        key < 0
          ? t(frames.length > 1 ? 'head.later' : 'head.initiatives')
          : [one.agreement, one.area]
              .filter((k, n, all) => k >= 0 && k !== i && all.indexOf(k) === n)
              .map(Words.name)
              .join(' · ');
      groups.push({ title: title || t('head.initiatives'), items: one.items });
    }
    groups.push(...take(Words.label(Data.families[0]), (j) => Data.family(j) === 'frame'));
    groups.push(...take(t('head.joint'), (j) => Data.family(j) === 'joint'));
    groups.push(...families(near.filter((j) => rest.has(j))));
    const size = near.length;
    const share = new Map();
    const shown = cut(
      groups,
      room,
      (j) =>
        (isInitiative(j) ? 500 : 0) +
        (Data.family(j) === 'frame' || Data.family(j) === 'joint' ? 200 : 0) +
        Data.degree[j],
    );
    const inner = new Set([i, ...shown.flatMap((one) => one.items)]);
    if (steps > 1) {
      const bridges = Data.isActor(i)
        ? [...inner].filter((j) => isInitiative(j) || (Data.family(j) === 'joint' && !Data.isKind(j, 'Group')))
        : [...inner];
      for (const j of bridges) {
        if (j === i) continue;
        for (const k of Graph.neighbours(j)) {
          if (
            inner.has(k) ||
            !Filters.node(k) ||
            !(Data.isActor(k) || isInitiative(k)) ||
            (Data.isActor(i) && Data.family(k) === 'person')
          )
            continue;
          if (Data.isActor(i) && !Data.isActor(k)) continue;
          share.set(k, (share.get(k) || 0) + 1);
        }
      }
    }
    const outer = [...share.keys()].sort(
      (a, b) => share.get(b) - share.get(a) || Data.degree[b] - Data.degree[a] || byName(a, b),
    );
    const around = cut(families(outer), room, (j) => share.get(j) * 1000 + Data.degree[j]);
    const someone = (j) => Data.isActor(j) && Data.family(j) !== 'person' && j !== i;
    const shared = Data.isActor(i) ? Graph.part(i).filter((j) => Data.isKind(j, 'Initiative')) : [];
    const others = new Set((shared.length ? shared.flatMap(Graph.part) : Graph.part(i)).filter(someone));
    return {
      mode: 'columns',
      centre: i,
      counts: { i: shared.length, n: others.size, near: size, shown: inner.size - 1 },
      parent: new Map(),
      columns: [
        { title: '', width: 0.2, groups: [{ items: [i] }], tree: true },
        {
          title: t(Data.isActor(i) ? 'head.links' : 'head.linked'),
          width: steps > 1 && outer.length ? 0.46 : 0.7,
          groups: shown,
        },
        { title: t(Data.isActor(i) ? 'head.with' : 'head.around'), width: 0.34, groups: around, sort: true },
      ].filter((one) => sum(one.groups)),
    };
  };

  const expand = (view, room) => {
    const have = new Set(view.columns.flatMap((one) => one.groups.flatMap((g) => g.items)));
    const groups = [];
    for (const i of State.now.expanded) {
      const fresh = [...Graph.neighbours(i)]
        .filter((j) => !have.has(j) && Filters.node(j))
        .sort((a, b) => Data.degree[b] - Data.degree[a] || a - b)
        .slice(0, Math.max(6, Math.floor(room / State.now.expanded.length) - 2));
      for (const j of fresh) have.add(j);
      if (fresh.length) groups.push({ title: Words.name(i), items: fresh });
    }
    if (groups.length) {
      for (const column of view.columns) column.width *= 0.76;
      view.columns.push({ title: t('head.expanded'), width: 0.24, groups });
    }
    return view;
  };

  const path = ([a, b]) => {
    const steps = Graph.path(a, b);
    return {
      mode: 'path',
      steps,
      ends: [a, b],
      columns: (steps || [a, b]).map((i) => ({ title: '', width: 1, groups: [{ items: [i] }] })),
    };
  };
  const common = (chosen, room) => {
    const shared = Graph.common(chosen);
    const groups = cut(
      families(shared, ['initiative', 'frame', 'joint', 'authority', 'organisation', 'person', 'topic', 'paper']),
      room,
      (i) => Data.degree[i],
    );
    return {
      mode: 'columns',
      chosen,
      shared,
      parent: new Map(),
      columns: [
        { title: t('head.chosen'), width: 0.34, groups: [{ items: chosen }], tree: true },
        { title: t('head.shared'), width: 0.66, groups },
      ].filter((one) => sum(one.groups)),
    };
  };

  // Nothing is drawn as a disc of ten thousand points unless it is asked for: above LIMIT, the busiest come first.
  const LIMIT = 3000;
  const PART = 500;
  const map = () => {
    let list = [];
    const filtered = Filters.count() > 0;
    for (let i = 0; i < Data.size; i += 1) {
      if (Filters.node(i) && (!filtered || [...Data.links(i)].some(Filters.claim))) list.push(i);
    }
    const all = list.length;
    if (all > LIMIT && !State.now.whole)
      list = list.sort((a, b) => Data.degree[b] - Data.degree[a] || a - b).slice(0, PART);
    return { mode: 'map', nodes: list, all };
  };

  const view = (room) => {
    const s = State.now;
    if (s.view === 'path') return path(s.focus);
    if (s.view === 'common') return common(s.focus, room);
    if (s.view === 'map') return map();
    const made = s.view === 'focus' ? focus(s.focus[0], room, s.steps) : overview(room);
    if (!made.columns.length || (s.view === 'overview' && made.columns.length < 2 && !Filters.count())) return map();
    return s.expanded.length ? expand(made, room) : made;
  };
  return { view, isInitiative, LIMIT, PART };
})();
