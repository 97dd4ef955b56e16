// The frame that agreements, areas and initiatives make, and lists cut to the room there is.

const Frame = (() => {
  const { claims } = Data;
  const sum = (groups) => groups.reduce((n, one) => n + one.items.length, 0);
  const byName = (a, b) => Words.compare(Words.name(a), Words.name(b));
  const start = (i) => Dates.inherited[i]?.[0] ?? Infinity;

  // The frame: each area's agreement, and each initiative's area or agreement, found through objectives if need be.
  const above = (i, wanted, depth = 3) => {
    let ring = [i];
    const seen = new Set(ring);
    for (let k = 0; k < depth; k += 1) {
      const next = [];
      let best = -1;
      for (const j of ring) {
        for (const c of Data.links(j)) {
          const up = claims.o[c];
          if (claims.s[c] !== j || !Data.frame.has(claims.p[c]) || seen.has(up) || !Filters.claim(c)) continue;
          if (Data.isKind(up, ...wanted)) {
            if (best < 0 || Data.degree[up] > Data.degree[best]) best = up;
          } else if (!Data.isActor(up)) {
            seen.add(up);
            next.push(up);
          }
        }
      }
      if (best >= 0) return best;
      ring = next;
    }
    return -1;
  };
  const isArea = (i) => Data.isKind(i, 'DevelopmentArea') && !Data.isKind(i, 'Agreement');
  const isInitiative = (i) => Data.isKind(i, 'Initiative') && !Data.isKind(i, 'Agreement', 'DevelopmentArea');
  const actorsOf = (i) => [...Graph.neighbours(i)].filter((j) => Data.isActor(j) && Data.family(j) !== 'person');
  // Rows that groups take, with their headings and the gaps between them.
  const tall = (groups) => sum(groups) + groups.reduce((n, one, k) => n + (one.title ? 1.15 : 0) + (k ? 0.45 : 0), 0);
  const cut = (groups, room, weight) => {
    // Keep the heaviest of all groups, and one of each as long as there is room, without changing the order.
    let kept = groups.filter((one) => one.items.length);
    for (let n = Math.min(sum(kept), Math.floor(room)); n > 0 && tall(kept) > room; n -= 1)
      kept = heaviest(groups, n, weight);
    return kept;
  };
  const heaviest = (groups, room, weight) => {
    const all = groups.flatMap((one) => one.items.map((i, k) => ({ i, w: weight(i) + (k === 0 ? 1e6 : 0) })));
    const kept = new Set(
      all
        .sort((a, b) => b.w - a.w || a.i - b.i)
        .slice(0, room)
        .map((one) => one.i),
    );
    return groups
      .map((one) => ({ ...one, items: one.items.filter((i) => kept.has(i)) }))
      .filter((one) => one.items.length);
  };
  const families = (
    list,
    order = ['authority', 'joint', 'organisation', 'person', 'frame', 'initiative', 'topic', 'paper'],
  ) =>
    order
      .map((family) => ({
        title: Words.label(Data.families.find((one) => one.name === family)),
        items: list.filter((i) => Data.family(i) === family),
      }))
      .filter((one) => one.items.length);
  return { sum, byName, start, above, isArea, isInitiative, actorsOf, tall, cut, families };
})();
