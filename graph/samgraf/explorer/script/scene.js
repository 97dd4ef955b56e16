// The view as a picture with headline and legend: one list of lines, marks and texts makes both the SVG and the PNG.

const Scene = (() => {
  const WIDE = 24;

  // The view as things to draw, in pixels: the same list makes the SVG and the PNG.
  const scene = () => {
    const { width, tall } = Draw.box();
    const { colours } = Draw;
    const scale = Draw.network.getScale();
    const items = [];
    const head = 74;
    const families = [...new Set([...Draw.layout.places.keys()].map(Data.family))];
    const height = head + tall + 58;
    const inside = ({ x, y }) => x > -20 && y > -20 && x < width + 20 && y < tall + 20;
    items.push({
      type: 'text',
      x: WIDE,
      y: 32,
      text: $('headline').textContent,
      size: 19,
      weight: 600,
      fill: colours.ink,
    });
    items.push({
      type: 'text',
      x: WIDE,
      y: 54,
      text: $('subline').textContent,
      size: 12.5,
      weight: 400,
      fill: colours.soft,
    });
    const lines = Draw.drawn;
    for (const one of lines) {
      const a = Draw.screen(one.a);
      const b = Draw.screen(one.b);
      if (!inside(a) && !inside(b)) continue;
      items.push({
        type: 'line',
        x1: a.x,
        y1: a.y + head,
        x2: b.x,
        y2: b.y + head,
        stroke: one.carried ? colours.family.frame : colours.edge,
        width: one.carried ? 3 : 1,
        dash: one.asserted ? (one.stated ? '' : '1.5 4') : '5 4',
        opacity: lines.length > 700 ? 0.3 : 0.55,
      });
    }
    for (const i of Draw.layout.places.keys()) {
      const { x, y } = Draw.screen(i);
      if (!inside({ x, y })) continue;
      const kind = Data.kinds[Data.nodes.kind[i]];
      items.push({
        type: 'mark',
        shape: kind.shape,
        x,
        y: y + head,
        r: Math.max(1.5, Draw.radius(i) * scale),
        fill: colours.family[kind.family],
        hollow: !Filters.node(i),
        title: Words.name(i),
      });
    }
    for (const one of Draw.layout.heads) {
      const at = Draw.network.canvasToDOM(one);
      if (inside(at) && scale > 0.6)
        items.push({
          type: 'text',
          x: at.x,
          y: at.y + head + 4,
          text: one.text,
          size: 12.5,
          weight: one.strong ? 600 : 400,
          fill: one.strong ? colours.ink : colours.soft,
        });
    }
    for (const one of Draw.laid) {
      const centre = one.side === 'b' || one.side === 't';
      one.lines.forEach((line, k) =>
        items.push({
          type: 'text',
          x: centre ? (one.box[0] + one.box[2]) / 2 : one.box[0],
          y: one.box[1] + head + Labels.LINE * (k + 0.5) + 4.5,
          text: line,
          size: 13,
          weight: one.key === 'strong' ? 600 : 400,
          fill: colours.ink,
          halo: colours.paper,
          anchor: centre ? 'middle' : 'start',
        }),
      );
    }
    let x = WIDE;
    const y = head + tall + 22;
    for (const name of families) {
      const text = Words.label(Data.families.find((one) => one.name === name));
      items.push({ type: 'mark', shape: 'dot', x: x + 5, y: y - 4, r: 5, fill: colours.family[name] });
      items.push({ type: 'text', x: x + 16, y, text, size: 12, weight: 400, fill: colours.soft });
      x += 16 + text.length * 6.4 + 20;
    }
    items.push({
      type: 'text',
      x: WIDE,
      y: y + 22,
      text: t('export.made'),
      size: 11.5,
      weight: 400,
      fill: colours.soft,
    });
    return { width: Math.max(width, x), height, items, paper: colours.paper };
  };

  const family = '"Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
  const toSvg = () => {
    const { width, height, items, paper } = scene();
    const root = svg('svg', {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': family,
    });
    root.append(svg('title'), svg('rect', { width, height, fill: paper }));
    root.firstChild.textContent = $('headline').textContent;
    for (const one of items) {
      if (one.type === 'line') {
        const made = svg('line', {
          x1: one.x1.toFixed(1),
          y1: one.y1.toFixed(1),
          x2: one.x2.toFixed(1),
          y2: one.y2.toFixed(1),
          stroke: one.stroke,
          'stroke-width': one.width,
          opacity: one.opacity,
        });
        if (one.dash) made.setAttribute('stroke-dasharray', one.dash);
        root.append(made);
      } else if (one.type === 'mark') {
        const { tag, attributes } = Shapes.markup(one.shape, one.x, one.y, one.r);
        const made = svg(tag, {
          ...attributes,
          ...(one.hollow ? { fill: paper, stroke: one.fill, 'stroke-width': 1.5 } : { fill: one.fill }),
        });
        if (one.title) {
          made.append(svg('title'));
          made.firstChild.textContent = one.title;
        }
        root.append(made);
      } else {
        const made = svg('text', {
          x: one.x.toFixed(1),
          y: one.y.toFixed(1),
          'font-size': one.size,
          'font-weight': one.weight,
          fill: one.fill,
          'text-anchor': one.anchor || 'start',
        });
        if (one.halo)
          for (const [k, v] of [
            ['stroke', one.halo],
            ['stroke-width', 4],
            ['stroke-linejoin', 'round'],
            ['paint-order', 'stroke'],
          ])
            made.setAttribute(k, v);
        made.textContent = one.text;
        root.append(made);
      }
    }
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
  };
  const toCanvas = () => {
    const { width, height, items, paper } = scene();
    const made = document.createElement('canvas');
    made.width = width * 2;
    made.height = height * 2;
    const ctx = made.getContext('2d');
    ctx.scale(2, 2);
    ctx.fillStyle = paper;
    ctx.fillRect(0, 0, width, height);
    for (const one of items) {
      ctx.globalAlpha = one.opacity ?? 1;
      if (one.type === 'line') {
        ctx.setLineDash(one.dash ? one.dash.split(' ').map(Number) : []);
        ctx.beginPath();
        ctx.moveTo(one.x1, one.y1);
        ctx.lineTo(one.x2, one.y2);
        ctx.strokeStyle = one.stroke;
        ctx.lineWidth = one.width;
        ctx.stroke();
      } else if (one.type === 'mark') {
        Shapes.path(ctx, one.shape, one.x, one.y, one.r);
        ctx.fillStyle = one.hollow ? paper : one.fill;
        ctx.fill();
        if (one.hollow) {
          ctx.strokeStyle = one.fill;
          ctx.lineWidth = 1.5;
          ctx.stroke();
        }
      } else {
        ctx.font = `${one.weight} ${one.size}px ${family}`;
        ctx.textAlign = one.anchor === 'middle' ? 'center' : 'left';
        if (one.halo) {
          ctx.setLineDash([]);
          ctx.strokeStyle = one.halo;
          ctx.lineWidth = 4;
          ctx.lineJoin = 'round';
          ctx.strokeText(one.text, one.x, one.y);
        }
        ctx.fillStyle = one.fill;
        ctx.fillText(one.text, one.x, one.y);
      }
    }
    return made;
  };
  return { toSvg, toCanvas };
})();
