// The data of the page: columns of numbers, and the few structures that every view asks for.

const Data = (() => {
  const raw = JSON.parse(document.getElementById('data').textContent);
  const { nodes, claims, kinds, relations, documents, strings, dates, families } = raw;
  const size = nodes.id.length;
  const count = claims.s.length;
  const index = new Map(nodes.id.map((id, i) => [id, i]));
  const relation = new Map(relations.map((one, i) => [one.name, i]));
  const kind = new Map(kinds.map((one, i) => [one.name, i]));
  const field = (name) => claims[name] || {};
  const sparse = {};
  for (const name of [
    'role',
    'behalf',
    'note',
    'whole',
    'rule',
    'via',
    'more',
    'passages',
    'because',
    'superseded',
    'when',
    'value',
    'text',
    'measure',
    'population',
    'unit',
    'figure',
  ])
    sparse[name] = field(name);

  const text = (name, c) => raw.texts[sparse[name][c]] ?? '';
  // A claim's identifier: what follows its document's, unless it is written whole.
  const claimId = (c) => {
    const held = claims.id[c];
    return !held || held.includes('/') || claims.d[c] < 0 ? held || '' : `${documents[claims.d[c]].id}/${held}`;
  };

  // Claims by node, as one list cut into runs: what links the node to others, and what is said of it alone.
  const runs = (wanted, ends) => {
    const start = new Int32Array(size + 1);
    for (let c = 0; c < count; c += 1) if (wanted(c)) for (const i of ends(c)) start[i + 1] += 1;
    for (let i = 0; i < size; i += 1) start[i + 1] += start[i];
    const list = new Int32Array(start[size]);
    const next = start.slice();
    for (let c = 0; c < count; c += 1) if (wanted(c)) for (const i of ends(c)) list[next[i]++] = c;
    return (i) => list.subarray(start[i], start[i + 1]);
  };
  const links = runs(
    (c) => claims.o[c] >= 0,
    (c) => (claims.s[c] === claims.o[c] ? [claims.s[c]] : [claims.s[c], claims.o[c]]),
  );
  const facts = runs(
    (c) => claims.o[c] < 0,
    (c) => [claims.s[c]],
  );
  const other = (c, i) => (claims.s[c] === i ? claims.o[c] : claims.s[c]);

  const degree = new Int32Array(size);
  const seen = new Int32Array(size).fill(-1);
  for (let i = 0; i < size; i += 1) {
    for (const c of links(i)) {
      const j = other(c, i);
      if (j !== i && seen[j] !== i) {
        seen[j] = i;
        degree[i] += 1;
      }
    }
  }
  const isKind = (i, ...names) =>
    names.includes(kinds[nodes.kind[i]].name) || (nodes.kinds[i] || []).some((k) => names.includes(kinds[k].name));
  const family = (i) => kinds[nodes.kind[i]].family;
  const isActor = (i) => ['authority', 'joint', 'organisation', 'person'].includes(family(i));
  const bit = { modality: 3, derived: 4, superseded: 8 };
  const modality = (c) => claims.m[c] & bit.modality;
  const derived = (c) => (claims.m[c] & bit.derived) !== 0;
  const superseded = (c) => (claims.m[c] & bit.superseded) !== 0;
  const rel = (...names) => new Set(names.map((name) => relation.get(name)).filter((p) => p !== undefined));
  const frame = rel('underAgreement', 'underArea', 'pursues', 'partOf', 'underBody');
  const carried = rel('continues', 'continuedIn');
  const takesPart = rel(
    'participatesIn',
    'hosts',
    'memberOf',
    'chairs',
    'involvedIn',
    'carriedOutBy',
    'partyTo',
    'organisedBy',
  );
  const isCarried = (c) => carried.has(claims.p[c]);

  return {
    raw,
    nodes,
    claims,
    kinds,
    relations,
    documents,
    strings,
    dates,
    families,
    size,
    count,
    index,
    relation,
    kind,
    sparse,
    text,
    claimId,
    links,
    facts,
    other,
    degree,
    isKind,
    isActor,
    family,
    modality,
    derived,
    superseded,
    rel,
    frame,
    isCarried,
    takesPart,
  };
})();
