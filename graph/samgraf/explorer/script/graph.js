// Questions to the network, always within what the filters let through: neighbours, paths, common ground.

const Graph = (() => {
  const { claims } = Data;
  const neighbours = (i) => {
    const found = new Set();
    for (const c of Data.links(i)) if (Filters.claim(c)) found.add(Data.other(c, i));
    found.delete(i);
    return found;
  };
  // Those who take part in a thing, or what an actor takes part in: not every tie says that much.
  const part = (i) => {
    const found = new Set();
    for (const c of Data.links(i)) if (Data.takesPart.has(claims.p[c]) && Filters.claim(c)) found.add(Data.other(c, i));
    found.delete(i);
    return [...found];
  };
  const between = (a, b) => {
    const found = [];
    const [small, big] = Data.links(a).length < Data.links(b).length ? [a, b] : [b, a];
    for (const c of Data.links(small)) if (Data.other(c, small) === big && Filters.claim(c)) found.push(c);
    return found.sort((x, y) => Data.derived(x) - Data.derived(y) || x - y);
  };
  // The pairs to draw among the nodes shown: one line a pair, however many claims it stands for.
  const pairs = (shown) => {
    const found = new Map();
    for (const a of shown) {
      for (const c of Data.links(a)) {
        if (claims.s[c] !== a || !shown.has(claims.o[c]) || claims.o[c] === a || !Filters.claim(c)) continue;
        const b = claims.o[c];
        const key = a < b ? a * Data.size + b : b * Data.size + a;
        const one = found.get(key);
        if (one) {
          one.n += 1;
          one.asserted ||= !Data.derived(c);
          one.stated ||= Data.modality(c) === 0;
          one.carried ||= Data.isCarried(c);
        } else
          found.set(key, {
            key,
            a,
            b,
            n: 1,
            asserted: !Data.derived(c),
            stated: Data.modality(c) === 0,
            carried: Data.isCarried(c),
          });
      }
    }
    return [...found.values()];
  };
  // Shortest path by breadth-first search from both sides in turn; among equals, through the less busy nodes.
  const path = (a, b) => {
    if (a === b) return [a];
    const before = new Map([[a, -1]]);
    let ring = [a];
    while (ring.length && !before.has(b)) {
      const next = new Map();
      for (const i of ring) {
        for (const j of neighbours(i)) {
          if (before.has(j)) continue;
          const known = next.get(j);
          if (known === undefined || Data.degree[i] < Data.degree[known]) next.set(j, i);
        }
      }
      for (const [j, i] of next) before.set(j, i);
      ring = [...next.keys()];
    }
    if (!before.has(b)) return null;
    const steps = [b];
    while (steps[0] !== a) steps.unshift(before.get(steps[0]));
    return steps;
  };
  const common = (chosen) => {
    const sets = chosen.map(neighbours);
    return [...sets[0]]
      .filter((i) => sets.every((one) => one.has(i)) && !chosen.includes(i))
      .sort(
        (x, y) =>
          Data.isKind(y, 'Initiative') - Data.isKind(x, 'Initiative') || Data.degree[y] - Data.degree[x] || x - y,
      );
  };
  // A thing in time: an area with the agreements that it was under or was carried on in; else what it continues and
  // what continues it. The oldest first.
  const chain = (i) => {
    const found = new Set([i]);
    const area = Data.isKind(i, 'DevelopmentArea');
    const queue = [i];
    while (queue.length && found.size < 14) {
      const k = queue.pop();
      for (const c of Data.links(k)) {
        const j = Data.other(c, k);
        const name = Data.relations[claims.p[c]].name;
        const tied =
          name === 'continues' ||
          (area && k === i && claims.s[c] === i && (name === 'continuedIn' || name === 'underAgreement'));
        if (tied && !found.has(j) && !Data.superseded(c)) {
          found.add(j);
          if (name === 'continues') queue.push(j);
        }
      }
    }
    if (area) found.delete(i);
    if (found.size < 2) return [];
    const begin = (k) => Dates.inherited[k]?.[0] ?? 0;
    return [...found].sort((x, y) => begin(x) - begin(y) || x - y);
  };
  return { neighbours, part, between, pairs, path, common, chain };
})();
