// The drawing: vis-network holds nodes, lines and the camera; names, headings and emphasis are painted on top.

const Draw = (() => {
  const { holder } = Board;
  const nodeSet = new vis.DataSet();
  const edgeSet = new vis.DataSet();
  let tween = 0;
  let arranged = '';

  // A group for each kind, and one for its ghosts: what is shown though it did not hold at the time chosen.
  const groups = () =>
    Object.fromEntries(
      Data.kinds.flatMap((one, k) => {
        const own = Board.colours.family[one.family];
        return [
          [`k${k}`, { shape: one.shape, color: { background: own, border: own } }],
          [`g${k}`, { shape: one.shape, borderWidth: 1.5, color: { background: Board.colours.paper, border: own } }],
        ];
      }),
    );
  const groupOf = (i) => `${Board.ghostly(i) ? 'g' : 'k'}${Data.nodes.kind[i]}`;
  Board.readColours();
  const network = new vis.Network(
    holder,
    { nodes: nodeSet, edges: edgeSet },
    {
      ...Data.raw.options,
      groups: groups(),
      interaction: {
        ...Data.raw.options.interaction,
        hover: false,
        dragNodes: false,
        selectable: false,
        keyboard: { enabled: false },
      },
    },
  );
  Board.network = network;
  const canvas = holder.querySelector('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  Paint.install(network, canvas);

  const radiusOf = (i) => {
    const place = Board.layout.places.get(i);
    if (Board.inColumns())
      return place.big === true ? 11 : place.big ? 8 : Math.max(4.5, Math.min(7, place.row * 0.27));
    return Math.min(46, 7 + Math.sqrt(Data.degree[i]) * 4);
  };
  const lineId = (one) => one.key * 8 + one.carried * 4 + one.asserted * 2 + one.stated;
  const lineStyle = (one) => {
    const style = {
      id: lineId(one),
      from: one.a,
      to: one.b,
      width: one.asserted ? Math.min(2.2, 0.9 + Math.log2(one.n) * 0.35) : 0.9,
    };
    if (!Board.inColumns()) style.width = one.asserted ? 2.6 : 2;
    if (one.carried)
      Object.assign(style, {
        width: Board.inColumns() ? 3 : 9,
        color: { color: Board.colours.family.frame, opacity: 0.8 },
      });
    else if (!one.asserted) style.dashes = Board.inColumns() ? [5, 4] : [14, 10];
    else if (!one.stated) style.dashes = Board.inColumns() ? [1.5, 4] : [4, 10];
    return style;
  };
  const show = (next, { keepCamera = false } = {}) => {
    Board.view = next;
    Board.busy = true;
    const [width, tall] = Board.size();
    if (width !== Board.drawnAt[0] || tall !== Board.drawnAt[1]) {
      Board.drawnAt = [width, tall];
      network.setSize(`${width}px`, `${tall}px`);
    }
    Board.layout = Arrange.arrange(Board.view, width, tall);
    Board.columnOf.clear();
    (Board.view.columns || []).forEach((one, k) =>
      one.groups.forEach((group) => group.items.forEach((i) => Board.columnOf.set(i, k))),
    );
    const shown = new Set(Board.layout.places.keys());
    Board.pairs = Graph.pairs(shown);
    Board.radius.clear();
    for (const i of shown) Board.radius.set(i, radiusOf(i));
    const weight = (i) =>
      (Board.view.centre === i ? 1e7 : 0) +
      (Data.isKind(i, 'Agreement') ? 400 : 0) +
      Data.degree[i] +
      (Board.radius.get(i) > 10 && Board.inColumns() ? 1e5 : 0);
    Board.order = [...shown].sort((a, b) => weight(b) - weight(a) || a - b);
    const lines = Board.pairs.filter(Board.drawn);
    const opacity = lines.length > 2500 ? 0.2 : lines.length > 700 ? 0.34 : lines.length > 220 ? 0.38 : 0.55;
    const look = `${Board.view.mode === 'map'}|${document.documentElement.dataset.theme}|${opacity}|${lines.length > 1500}`;
    if (look !== arranged) {
      arranged = look;
      network.setOptions({
        groups: groups(),
        edges: { color: { color: Board.colours.edge, opacity, inherit: false } },
        interaction: { hideEdgesOnDrag: lines.length > 1500, hideEdgesOnZoom: lines.length > 1500 },
      });
      nodeSet.clear();
      edgeSet.clear();
    }
    update(shown, lines);
    Board.busy = false;
    if (State.now.camera)
      network.moveTo({
        position: { x: State.now.camera[0], y: State.now.camera[1] },
        scale: State.now.camera[2],
        animation: false,
      });
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
    const moves = [];
    const fresh = [];
    for (const [i, place] of Board.layout.places) {
      const kind = Data.kinds[Data.nodes.kind[i]];
      const style = {
        id: i,
        group: groupOf(i),
        x: place.x,
        y: place.y,
        size: Board.radius.get(i) * Shapes.vis[kind.shape],
      };
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
    const put = (at) => {
      for (const [node, x, y, toX, toY] of moves) {
        node.x = x + (toX - x) * at;
        node.y = y + (toY - y) * at;
      }
      if (!Board.busy) network.redraw();
    };
    if (!moves.length || Board.calm() || moves.length > 250 || document.hidden) {
      put(1);
      return;
    }
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
    const [width, tall] = Board.size();
    let position = { x: width / 2, y: tall / 2 };
    let scale = 1;
    if (Board.view.mode === 'map') {
      const xs = [];
      const ys = [];
      for (const [, place] of Board.layout.places) {
        xs.push(place.x);
        ys.push(place.y);
      }
      xs.sort((a, b) => a - b);
      ys.sort((a, b) => a - b);
      if (xs.length) {
        const [a, b, c, d] = [xs[0], xs.at(-1), ys[0], ys.at(-1)];
        position = { x: (a + b) / 2, y: (c + d) / 2 };
        scale = Math.min(1.4, (width - 90) / Math.max(1, b - a), (tall - 70) / Math.max(1, d - c));
      }
    }
    network.moveTo({
      position,
      scale,
      animation: animate && !Board.calm() ? { duration: 260, easingFunction: 'easeOutCubic' } : false,
    });
  };

  // What is under a point: a name, else the nearest mark within 12 pixels.
  const hit = (x, y) => {
    for (const one of Board.laid)
      if (x >= one.box[0] - 4 && x <= one.box[2] + 4 && y >= one.box[1] - 2 && y <= one.box[3] + 2) return one.i;
    let best = -1;
    let far = Infinity;
    const scale = network.getScale();
    for (const i of Board.layout.places.keys()) {
      if (!network.body.nodes[i]) continue;
      const at = Board.screen(i);
      const away = Math.hypot(at.x - x, at.y - y) - Math.max(0, Board.radius.get(i) * scale - 12);
      if (away < 13 && away < far) {
        far = away;
        best = i;
      }
    }
    return best;
  };
  const point = (i) => {
    if (i !== Board.hovered) {
      Board.hovered = i;
      network.redraw();
    }
  };
  const recolour = () => {
    Board.readColours();
    arranged = '';
  };
  const box = () => ({ width: Board.size()[0], tall: Board.size()[1] });
  return {
    network,
    canvas,
    holder,
    show,
    fit,
    hit,
    point,
    recolour,
    box,
    screen: Board.screen,
    calm: Board.calm,
    size: Board.size,
    get laid() {
      return Board.laid;
    },
    get pairs() {
      return Board.pairs;
    },
    get layout() {
      return Board.layout;
    },
    get view() {
      return Board.view;
    },
    get drawnAt() {
      return Board.drawnAt;
    },
    get colours() {
      return Board.colours;
    },
    get drawn() {
      return Board.pairs.filter(Board.drawn);
    },
    radius: (i) => Board.radius.get(i),
  };
})();
