// Which claims and which nodes the filters let through. Worked out once for each change, as a byte a claim.

const Filters = (() => {
  const { claims } = Data;
  let allowed = new Uint8Array(Data.count);
  let key = null;

  const interval = () => {
    const { at, period } = State.now;
    if (at !== null) return Dates.quarter(at);
    return period ? [Dates.year(period[0])[0], Dates.year(period[1])[1]] : null;
  };
  // All that lies under an agreement or an area: what is in the frame below it, and those who are directly tied to that.
  const under = (root) => {
    const inside = new Set([root]);
    const queue = [root];
    while (queue.length) {
      const i = queue.pop();
      for (const c of Data.links(i)) {
        const child = claims.s[c];
        if (claims.o[c] === i && !inside.has(child) && Data.frame.has(claims.p[c]) && !Data.isActor(child)) {
          inside.add(child);
          queue.push(child);
        }
      }
    }
    return inside;
  };
  const scopes = new Map();
  const scope = (root) => {
    if (!scopes.has(root)) scopes.set(root, under(root));
    return scopes.get(root);
  };

  const refresh = () => {
    const s = State.now;
    const fresh = [
      [...s.kinds],
      [...s.relations],
      [...s.documents],
      s.agreement,
      s.area,
      s.at,
      s.period,
      s.derived,
      s.proposed,
    ].join('|');
    if (fresh === key) return;
    key = fresh;
    allowed = new Uint8Array(Data.count);
    const span = interval();
    const roots = [s.agreement, s.area].filter((i) => i >= 0).map(scope);
    for (let c = 0; c < Data.count; c += 1) {
      const a = claims.s[c];
      const b = claims.o[c];
      if (Data.superseded(c) && b >= 0) continue;
      if (!s.derived && Data.derived(c)) continue;
      if (!s.proposed && Data.modality(c)) continue;
      if (s.relations.has(claims.p[c]) || (s.documents.has(claims.d[c]) && claims.d[c] >= 0)) continue;
      if (s.kinds.has(Data.nodes.kind[a]) || (b >= 0 && s.kinds.has(Data.nodes.kind[b]))) continue;
      if (span && (Dates.from[c] > span[1] || Dates.until[c] < span[0])) continue;
      if (span && !Data.isCarried(c) && !(Dates.alive(a, ...span) && (b < 0 || Dates.alive(b, ...span)))) continue;
      if (!roots.every((inside) => inside.has(a) || (b >= 0 && inside.has(b)))) continue;
      allowed[c] = 1;
    }
  };
  const node = (i) => {
    const s = State.now;
    if (s.kinds.has(Data.nodes.kind[i])) return false;
    const span = interval();
    return !span || Dates.alive(i, ...span);
  };
  const scoped = () => {
    const { agreement, area } = State.now;
    return [agreement, area].filter((i) => i >= 0).map(scope);
  };
  const count = () => {
    const s = State.now;
    return (
      s.kinds.size +
      s.relations.size +
      s.documents.size +
      (s.agreement >= 0) +
      (s.area >= 0) +
      (s.at !== null) +
      (s.period !== null) +
      !s.derived +
      !s.proposed
    );
  };
  const none = () => {
    const { kinds, relations, documents, agreement, area, at, period, derived, proposed } = State.fresh();
    return { kinds, relations, documents, agreement, area, at, period, derived, proposed };
  };
  return { refresh, claim: (c) => allowed[c] === 1, node, interval, count, none, scoped, scope };
})();
