// What is painted over and under vis-network's drawing: arcs, the spotlight on a name, headings, names, phrases.

const Paint = (() => {
  const spotlight = (ctx, lit, near, width, tall) => {
    const scale = Board.network.getScale();
    ctx.globalAlpha = Board.view.mode === 'path' ? 0 : 0.66;
    ctx.fillStyle = Board.colours.paper;
    ctx.fillRect(0, 0, width, tall);
    ctx.globalAlpha = 0.9;
    const here = Board.screen(lit);
    for (const one of Board.pairs) {
      if (one.a !== lit && one.b !== lit) continue;
      const there = Board.screen(one.a === lit ? one.b : one.a);
      ctx.beginPath();
      ctx.setLineDash(!one.asserted ? [5, 4] : !one.stated ? [1.5, 4] : []);
      const sameColumn = Board.inColumns() && Math.abs(here.x - there.x) < 30 && Board.view.mode === 'columns';
      ctx.moveTo(here.x, here.y);
      if (sameColumn)
        ctx.quadraticCurveTo(
          here.x - Math.min(40, 7 + Math.abs(here.y - there.y) * 0.16),
          (here.y + there.y) / 2,
          there.x,
          there.y,
        );
      else ctx.lineTo(there.x, there.y);
      ctx.strokeStyle = one.carried ? Board.colours.family.frame : Board.colours.accent;
      ctx.lineWidth = one.carried ? 3 : 1.5;
      ctx.stroke();
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
    for (const i of [...near, lit]) {
      const { x, y } = Board.screen(i);
      const kind = Data.kinds[Data.nodes.kind[i]];
      const r = Math.max(3, Board.radius.get(i) * scale);
      Shapes.path(ctx, kind.shape, x, y, r);
      ctx.fillStyle = Board.ghostly(i) ? Board.colours.paper : Board.colours.family[kind.family];
      ctx.fill();
      if (Board.ghostly(i)) {
        ctx.strokeStyle = Board.colours.family[kind.family];
        ctx.lineWidth = 1.5;
        ctx.stroke();
      }
      if (i === lit) {
        ctx.beginPath();
        ctx.arc(x, y, r + 4.5, 0, 7);
        ctx.strokeStyle = Board.colours.accent;
        ctx.lineWidth = 2;
        ctx.stroke();
      }
    }
  };
  const headings = (ctx) => {
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    for (const one of Board.layout.heads) {
      const { x, y } = Board.network.canvasToDOM(one);
      const key = one.strong ? 'head' : 'soft';
      const [text] = Labels.wrap(ctx, one.text, one.width * Board.network.getScale(), 1, key);
      ctx.font = Labels.fonts[key];
      ctx.fillStyle = one.strong ? Board.colours.ink : Board.colours.soft;
      if (Board.network.getScale() <= 0.6) continue;
      ctx.strokeStyle = Board.colours.paper;
      ctx.lineWidth = 4;
      ctx.lineJoin = 'round';
      ctx.strokeText(text, x, y);
      ctx.fillText(text, x, y);
    }
  };
  const names = (ctx, lit, near, width, tall) => {
    const scale = Board.network.getScale();
    const lead =
      lit >= 0
        ? [lit, ...Board.order.filter((i) => near.has(i)), ...Board.order.filter((i) => i !== lit && !near.has(i))]
        : Board.order;
    const items = [];
    for (const i of lead) {
      if (!Board.network.body.nodes[i]) continue;
      const { x, y } = Board.screen(i);
      if (x < -60 || y < -30 || x > width + 60 || y > tall + 30) continue;
      const strong = i === lit || Board.layout.places.get(i).big || Board.view.chosen?.includes(i);
      items.push({
        i,
        x,
        y,
        r: Board.radius.get(i) * scale,
        place: Board.layout.places.get(i),
        text: Words.name(i),
        strong,
        scale: Board.inColumns() ? scale : 1,
        must: i === lit,
        soft: Board.ghostly(i),
        faint: lit >= 0 && i !== lit && !near.has(i) && Board.view.mode !== 'path',
      });
      if (items.length > 1200) break;
    }
    // Where nothing is pointed at, names keep off each other's marks too.
    const marks = Board.inColumns()
      ? []
      : items.slice(0, 60).map((one) => [one.x - one.r, one.y - one.r, one.x + one.r, one.y + one.r]);
    Board.laid = Labels.lay(ctx, items, width, tall, {
      limit: Board.inColumns() ? 400 : Math.round((width * tall) / 13000),
      tries: Board.inColumns() ? 900 : Math.round((width * tall) / 6500) + (lit >= 0 ? near.size : 0),
      marks,
    });
    Labels.paint(ctx, Board.laid, Board.colours);
  };
  const phrases = (ctx) => {
    if (!Board.view.steps) return;
    ctx.textBaseline = 'middle';
    ctx.font = Labels.fonts.soft;
    ctx.fillStyle = Board.colours.soft;
    ctx.strokeStyle = Board.colours.paper;
    ctx.lineWidth = 5;
    for (let k = 1; k < Board.view.steps.length; k += 1) {
      const a = Board.screen(Board.view.steps[k - 1]);
      const b = Board.screen(Board.view.steps[k]);
      const [c] = Graph.between(Board.view.steps[k - 1], Board.view.steps[k]);
      if (c === undefined) continue;
      const text = Words.phrase(c, Board.view.steps[k - 1]);
      const x = (a.x + b.x) / 2;
      const y = (a.y + b.y) / 2;
      ctx.textAlign = Board.layout.narrow ? 'left' : 'center';
      const room = Board.layout.narrow ? 240 : Math.abs(a.x - b.x) - 34;
      Labels.wrap(ctx, text, room, 2, 'soft').forEach((line, n, all) => {
        const at = [Board.layout.narrow ? x + 16 : x, Board.layout.narrow ? y : y - 13 - (all.length - 1 - n) * 15];
        ctx.strokeText(line, ...at);
        ctx.fillText(line, ...at);
      });
    }
  };

  // `network` tells when it draws; from then on everything here is painted with it.
  const install = (network, canvas) => {
    // Things carried on within a column stand above one another: their tie is an arc to the left of them.
    network.on('beforeDrawing', (ctx) => {
      if (Board.busy || !Board.inColumns()) return;
      for (const one of Board.pairs) {
        if (!one.carried || Board.drawn(one) || !network.body.nodes[one.a] || !network.body.nodes[one.b]) continue;
        const a = network.body.nodes[one.a];
        const b = network.body.nodes[one.b];
        ctx.beginPath();
        ctx.moveTo(a.x, a.y);
        ctx.quadraticCurveTo(
          Math.min(a.x, b.x) - Math.min(34, 12 + Math.abs(a.y - b.y) * 0.12),
          (a.y + b.y) / 2,
          b.x,
          b.y,
        );
        ctx.lineWidth = 3;
        ctx.globalAlpha = 0.75;
        ctx.strokeStyle = Board.colours.family.frame;
        ctx.stroke();
        ctx.globalAlpha = 1;
      }
    });
    network.on('afterDrawing', (ctx) => {
      if (!Board.view || Board.busy) return;
      const ratio = canvas.width / Math.max(1, Board.holder.clientWidth);
      ctx.save();
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      const [width, tall] = Board.size();
      const lit = Board.active();
      const near =
        lit >= 0
          ? new Set(Board.pairs.flatMap((one) => (one.a === lit ? [one.b] : one.b === lit ? [one.a] : [])))
          : null;
      if (lit >= 0) spotlight(ctx, lit, near, width, tall);
      headings(ctx);
      names(ctx, lit, near, width, tall);
      if (Board.view.mode === 'path') phrases(ctx);
      ctx.restore();
    });
  };
  return { install };
})();
