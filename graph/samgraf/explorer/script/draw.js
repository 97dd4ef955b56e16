// The drawing: vis-network holds nodes, lines and the camera; names, headings and emphasis are painted on top.

const Draw = (() => {
  const holder = $('canvas');
  const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
  const nodeSet = new vis.DataSet(); const edgeSet = new vis.DataSet();
  let view = null; let layout = { places: new Map(), heads: [] }; let pairs = []; let order = [];
  let laid = []; let hovered = -1; let tween = 0; let colours = {}; let arranged = ''; let busy = false; let drawnAt = [0, 0];
  const radius = new Map();

  const readColours = () => {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue(name).trim();
    colours = { paper: get('--paper'), ink: get('--ink'), soft: get('--soft'), faint: get('--faint'), edge: get('--edge'), accent: get('--accent'), rule: get('--rule'), family: {} };
    for (const one of Data.families) colours.family[one.name] = get(`--family-${one.name}`);
    Labels.setFonts();
  };
  // A group for each kind, and one for its ghosts: what is shown though it did not hold at the time chosen.
  const groups = () => Object.fromEntries(Data.kinds.flatMap((one, k) => {
    const own = colours.family[one.family];
    return [[`k${k}`, { shape: one.shape, color: { background: own, border: own } }],
      [`g${k}`, { shape: one.shape, borderWidth: 1.5, color: { background: colours.paper, border: own } }]];
  }));
  const ghostly = (i) => !Filters.node(i);
  const groupOf = (i) => `${ghostly(i) ? 'g' : 'k'}${Data.nodes.kind[i]}`;
  readColours();
  const network = new vis.Network(holder, { nodes: nodeSet, edges: edgeSet }, { ...Data.raw.options, groups: groups(),
    interaction: { ...Data.raw.options.interaction, hover: false, dragNodes: false, selectable: false, keyboard: { enabled: false } } });
  const canvas = holder.querySelector('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const size = () => [holder.clientWidth, holder.clientHeight];
  const inColumns = () => view && view.mode !== 'map';

  const radiusOf = (i) => {
    const place = layout.places.get(i);
    if (inColumns()) return place.big === true ? 11 : place.big ? 8 : Math.max(4.5, Math.min(7, place.row * 0.27));
    return Math.min(46, 7 + Math.sqrt(Data.degree[i]) * 4);
  };
  const lineId = (one) => one.key * 8 + one.carried * 4 + one.asserted * 2 + one.stated;
  const lineStyle = (one) => {
    const style = { id: lineId(one), from: one.a, to: one.b, width: one.asserted ? Math.min(2.2, 0.9 + Math.log2(one.n) * 0.35) : 0.9 };
    if (!inColumns()) style.width = one.asserted ? 2.6 : 2;
    if (one.carried) Object.assign(style, { width: inColumns() ? 3 : 9, color: { color: colours.family.frame, opacity: 0.8 } });
    else if (!one.asserted) style.dashes = inColumns() ? [5, 4] : [14, 10];
    else if (!one.stated) style.dashes = inColumns() ? [1.5, 4] : [4, 10];
    return style;
  };
  // In columns, lines run between neighbouring columns only; the rest show when a name is pointed at.
  const columnOf = new Map();
  const drawn = (one) => {
    if (view.mode !== 'columns') return true;
    const a = columnOf.get(one.a); const b = columnOf.get(one.b);
    if (one.carried) return a !== b;
    if (view.centre === one.a || view.centre === one.b) return true;
    const gap = Math.abs(a - b);
    if (view.parent.size && gap === 2 && Math.min(a, b) === 0) return view.parent.get(one.a) === one.b || view.parent.get(one.b) === one.a;
    return gap === 1;
  };

  const show = (next, { keepCamera = false } = {}) => {
    view = next;
    busy = true;
    const [width, tall] = size();
    if (width !== drawnAt[0] || tall !== drawnAt[1]) { drawnAt = [width, tall]; network.setSize(`${width}px`, `${tall}px`); }
    layout = Arrange.arrange(view, width, tall);
    columnOf.clear();
    (view.columns || []).forEach((one, k) => one.groups.forEach((group) => group.items.forEach((i) => columnOf.set(i, k))));
    const shown = new Set(layout.places.keys());
    pairs = Graph.pairs(shown);
    radius.clear();
    for (const i of shown) radius.set(i, radiusOf(i));
    const weight = (i) => (view.centre === i ? 1e7 : 0) + (Data.isKind(i, 'Agreement') ? 400 : 0) + Data.degree[i] + (radius.get(i) > 10 && inColumns() ? 1e5 : 0);
    order = [...shown].sort((a, b) => weight(b) - weight(a) || a - b);
    const lines = pairs.filter(drawn);
    const opacity = lines.length > 2500 ? 0.2 : lines.length > 700 ? 0.34 : lines.length > 220 ? 0.38 : 0.55;
    const look = `${view.mode === 'map'}|${document.documentElement.dataset.theme}|${opacity}|${lines.length > 1500}`;
    if (look !== arranged) {
      arranged = look;
      network.setOptions({ groups: groups(), edges: { color: { color: colours.edge, opacity, inherit: false } },
        interaction: { hideEdgesOnDrag: lines.length > 1500, hideEdgesOnZoom: lines.length > 1500 } });
      nodeSet.clear(); edgeSet.clear();
    }
    update(shown, lines);
    busy = false;
    if (State.now.camera) network.moveTo({ position: { x: State.now.camera[0], y: State.now.camera[1] }, scale: State.now.camera[2], animation: false });
    else if (!keepCamera) fit(false);
  };

  const update = (shown, lines) => {
    const had = new Map(nodeSet.getIds().map((i) => [i, network.body.nodes[i]]));
    const gone = [...had.keys()].filter((i) => !shown.has(i) || had.get(i).options.group !== groupOf(i));
    for (const i of gone) had.delete(i);
    const keys = new Set(lines.map(lineId));
    const goneLines = edgeSet.getIds().filter((key) => !keys.has(key));
    edgeSet.remove(goneLines);
    nodeSet.remove(gone);
    const moves = []; const fresh = [];
    for (const [i, place] of layout.places) {
      const kind = Data.kinds[Data.nodes.kind[i]];
      const style = { id: i, group: groupOf(i), x: place.x, y: place.y, size: radius.get(i) * Shapes.vis[kind.shape] };
      const old = had.get(i);
      if (!old) fresh.push(style);
      else {
        if (old.x !== place.x || old.y !== place.y) moves.push([old, old.x, old.y, place.x, place.y]);
        if (Math.abs(old.options.size - style.size) > 0.1) old.setOptions({ size: style.size });
      }
    }
    nodeSet.add(fresh);
    const have = new Set(edgeSet.getIds());
    edgeSet.add(lines.filter((one) => !have.has(lineId(one))).map(lineStyle));
    glide(moves);
  };
  const glide = (moves) => {
    cancelAnimationFrame(tween);
    const put = (at) => { for (const [node, x, y, toX, toY] of moves) { node.x = x + (toX - x) * at; node.y = y + (toY - y) * at; } if (!busy) network.redraw(); };
    if (!moves.length || calm() || moves.length > 250 || document.hidden) { put(1); return; }
    const begin = performance.now();
    const step = (time) => {
      const at = Math.min(1, Math.max(0, (time - begin) / 320));
      put(1 - (1 - at) ** 3);
      if (at < 1) tween = requestAnimationFrame(step);
    };
    put(0);
    tween = requestAnimationFrame(step);
  };

  const fit = (animate = true) => {
    const [width, tall] = size();
    let position = { x: width / 2, y: tall / 2 }; let scale = 1;
    if (view.mode === 'map') {
      const xs = []; const ys = [];
      for (const [, place] of layout.places) { xs.push(place.x); ys.push(place.y); }
      xs.sort((a, b) => a - b); ys.sort((a, b) => a - b);
      if (xs.length) {
        const [a, b, c, d] = [xs[0], xs.at(-1), ys[0], ys.at(-1)];
        position = { x: (a + b) / 2, y: (c + d) / 2 };
        scale = Math.min(1.4, (width - 90) / Math.max(1, b - a), (tall - 70) / Math.max(1, d - c));
      }
    }
    network.moveTo({ position, scale, animation: animate && !calm() ? { duration: 260, easingFunction: 'easeOutCubic' } : false });
  };

  const active = () => (hovered >= 0 && layout.places.has(hovered) ? hovered : State.now.selected >= 0 && layout.places.has(State.now.selected) ? State.now.selected : -1);
  const screen = (i) => { const node = network.body.nodes[i]; return network.canvasToDOM({ x: node.x, y: node.y }); };

  // Things carried on within a column stand above one another: their tie is an arc to the left of them.
  network.on('beforeDrawing', (ctx) => {
    if (busy || !inColumns()) return;
    for (const one of pairs) {
      if (!one.carried || drawn(one) || !network.body.nodes[one.a] || !network.body.nodes[one.b]) continue;
      const a = network.body.nodes[one.a]; const b = network.body.nodes[one.b];
      ctx.beginPath();
      ctx.moveTo(a.x, a.y);
      ctx.quadraticCurveTo(Math.min(a.x, b.x) - Math.min(34, 12 + Math.abs(a.y - b.y) * 0.12), (a.y + b.y) / 2, b.x, b.y);
      ctx.lineWidth = 3; ctx.globalAlpha = 0.75; ctx.strokeStyle = colours.family.frame; ctx.stroke(); ctx.globalAlpha = 1;
    }
  });
  network.on('afterDrawing', (ctx) => {
    if (!view || busy) return;
    const ratio = canvas.width / Math.max(1, holder.clientWidth);
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const [width, tall] = size();
    const lit = active();
    const near = lit >= 0 ? new Set(pairs.flatMap((one) => (one.a === lit ? [one.b] : one.b === lit ? [one.a] : []))) : null;
    if (lit >= 0) spotlight(ctx, lit, near, width, tall);
    headings(ctx);
    names(ctx, lit, near, width, tall);
    if (view.mode === 'path') phrases(ctx);
    ctx.restore();
  });
  const spotlight = (ctx, lit, near, width, tall) => {
    const scale = network.getScale();
    ctx.globalAlpha = view.mode === 'path' ? 0 : 0.66;
    ctx.fillStyle = colours.paper;
    ctx.fillRect(0, 0, width, tall);
    ctx.globalAlpha = 0.9;
    const here = screen(lit);
    for (const one of pairs) {
      if (one.a !== lit && one.b !== lit) continue;
      const there = screen(one.a === lit ? one.b : one.a);
      ctx.beginPath();
      ctx.setLineDash(!one.asserted ? [5, 4] : !one.stated ? [1.5, 4] : []);
      const sameColumn = inColumns() && Math.abs(here.x - there.x) < 30 && view.mode === 'columns';
      ctx.moveTo(here.x, here.y);
      if (sameColumn) ctx.quadraticCurveTo(here.x - Math.min(40, 7 + Math.abs(here.y - there.y) * 0.16), (here.y + there.y) / 2, there.x, there.y); else ctx.lineTo(there.x, there.y);
      ctx.strokeStyle = one.carried ? colours.family.frame : colours.accent;
      ctx.lineWidth = one.carried ? 3 : 1.5;
      ctx.stroke();
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
    for (const i of [...near, lit]) {
      const { x, y } = screen(i); const kind = Data.kinds[Data.nodes.kind[i]]; const r = Math.max(3, radius.get(i) * scale);
      Shapes.path(ctx, kind.shape, x, y, r);
      ctx.fillStyle = ghostly(i) ? colours.paper : colours.family[kind.family]; ctx.fill();
      if (ghostly(i)) { ctx.strokeStyle = colours.family[kind.family]; ctx.lineWidth = 1.5; ctx.stroke(); }
      if (i === lit) { ctx.beginPath(); ctx.arc(x, y, r + 4.5, 0, 7); ctx.strokeStyle = colours.accent; ctx.lineWidth = 2; ctx.stroke(); }
    }
  };
  const headings = (ctx) => {
    ctx.textBaseline = 'middle'; ctx.textAlign = 'left';
    for (const one of layout.heads) {
      const { x, y } = network.canvasToDOM(one);
      const key = one.strong ? 'head' : 'soft';
      const [text] = Labels.wrap(ctx, one.text, one.width * network.getScale(), 1, key);
      ctx.font = Labels.fonts[key];
      ctx.fillStyle = one.strong ? colours.ink : colours.soft;
      if (network.getScale() <= 0.6) continue;
      ctx.strokeStyle = colours.paper; ctx.lineWidth = 4; ctx.lineJoin = 'round';
      ctx.strokeText(text, x, y);
      ctx.fillText(text, x, y);
    }
  };
  const names = (ctx, lit, near, width, tall) => {
    const scale = network.getScale();
    const lead = lit >= 0 ? [lit, ...order.filter((i) => near.has(i)), ...order.filter((i) => i !== lit && !near.has(i))] : order;
    const items = [];
    for (const i of lead) {
      if (!network.body.nodes[i]) continue;
      const { x, y } = screen(i);
      if (x < -60 || y < -30 || x > width + 60 || y > tall + 30) continue;
      const strong = i === lit || layout.places.get(i).big || view.chosen?.includes(i);
      items.push({ i, x, y, r: radius.get(i) * scale, place: layout.places.get(i), text: Words.name(i), strong, scale: inColumns() ? scale : 1,
        must: i === lit, soft: ghostly(i), faint: lit >= 0 && i !== lit && !near.has(i) && view.mode !== 'path' });
      if (items.length > 1200) break;
    }
    // Where nothing is pointed at, names keep off each other's marks too.
    const marks = inColumns() ? [] : items.slice(0, 60).map((one) => [one.x - one.r, one.y - one.r, one.x + one.r, one.y + one.r]);
    laid = Labels.lay(ctx, items, width, tall, { limit: inColumns() ? 400 : Math.round((width * tall) / 13000), tries: inColumns() ? 900 : Math.round((width * tall) / 6500) + (lit >= 0 ? near.size : 0), marks });
    Labels.paint(ctx, laid, colours);
  };
  const phrases = (ctx) => {
    if (!view.steps) return;
    ctx.textBaseline = 'middle'; ctx.font = Labels.fonts.soft; ctx.fillStyle = colours.soft; ctx.strokeStyle = colours.paper; ctx.lineWidth = 5;
    for (let k = 1; k < view.steps.length; k += 1) {
      const a = screen(view.steps[k - 1]); const b = screen(view.steps[k]);
      const [c] = Graph.between(view.steps[k - 1], view.steps[k]);
      if (c === undefined) continue;
      const text = Words.phrase(c, view.steps[k - 1]);
      const x = (a.x + b.x) / 2; const y = (a.y + b.y) / 2;
      ctx.textAlign = layout.narrow ? 'left' : 'center';
      const room = layout.narrow ? 240 : Math.abs(a.x - b.x) - 34;
      Labels.wrap(ctx, text, room, 2, 'soft').forEach((line, n, all) => {
        const at = [layout.narrow ? x + 16 : x, layout.narrow ? y : y - 13 - (all.length - 1 - n) * 15];
        ctx.strokeText(line, ...at); ctx.fillText(line, ...at);
      });
    }
  };

  // What is under a point: a name, else the nearest mark within 12 pixels.
  const hit = (x, y) => {
    for (const one of laid) if (x >= one.box[0] - 4 && x <= one.box[2] + 4 && y >= one.box[1] - 2 && y <= one.box[3] + 2) return one.i;
    let best = -1; let far = Infinity;
    const scale = network.getScale();
    for (const i of layout.places.keys()) {
      if (!network.body.nodes[i]) continue;
      const at = screen(i);
      const away = Math.hypot(at.x - x, at.y - y) - Math.max(0, radius.get(i) * scale - 12);
      if (away < 13 && away < far) { far = away; best = i; }
    }
    return best;
  };
  const point = (i) => { if (i !== hovered) { hovered = i; network.redraw(); } };
  const recolour = () => { readColours(); arranged = ''; };
  const box = () => ({ width: size()[0], tall: size()[1] });
  return { network, canvas, holder, show, fit, hit, point, recolour, screen, box, calm, size,
    get laid() { return laid; }, get pairs() { return pairs; }, get layout() { return layout; }, get view() { return view; }, get drawnAt() { return drawnAt; }, get colours() { return colours; },
    get drawn() { return pairs.filter(drawn); }, radius: (i) => radius.get(i) };
})();
