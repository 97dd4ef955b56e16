// Names on the drawing: in the order of their weight, each where nothing else stands, or not at all.

const Labels = (() => {
  const SIZE = 13;
  const LINE = 16;
  const font = (weight, size = SIZE) =>
    `${weight} ${size}px ${getComputedStyle(document.documentElement).getPropertyValue('--text').trim()}`;
  const fonts = {}; // asked for once: reading the style for each name would be slow
  const setFonts = () => {
    fonts.plain = font(400);
    fonts.strong = font(600);
    fonts.head = font(600, 12.5);
    fonts.soft = font(400, 12.5);
  };
  const widths = new Map();
  const measure = (ctx, text, key) => {
    const id = `${key}|${text}`;
    let width = widths.get(id);
    if (width === undefined) {
      ctx.font = fonts[key];
      width = ctx.measureText(text).width;
      widths.set(id, width);
    }
    return width;
  };
  // Cut a name into lines that fit; what does not fit ends in an ellipsis.
  const wrapped = new Map();
  const wrap = (ctx, text, room, lines, key) => {
    const id = `${key}|${Math.round(room)}|${lines}|${text}`;
    if (wrapped.has(id)) return wrapped.get(id);
    const out = [];
    if (measure(ctx, text, key) <= room) out.push(text);
    else {
      let rest = text.split(' ');
      while (rest.length && out.length < lines) {
        let line = rest.shift();
        const last = out.length === lines - 1;
        while (rest.length && measure(ctx, `${line} ${rest[0]}`, key) <= room) line += ` ${rest.shift()}`;
        if (measure(ctx, line, key) > room || (last && rest.length)) {
          if (rest.length) line += ` ${rest[0]}`;
          let keep = line.length;
          while (keep > 1 && measure(ctx, `${line.slice(0, keep).trimEnd()}…`, key) > room) keep -= 1;
          line = `${line.slice(0, keep).trimEnd()}…`;
          if (!last && rest.length) rest = rest.slice(0);
        }
        out.push(line);
        if (line.endsWith('…')) break;
      }
    }
    if (wrapped.size > 20000) wrapped.clear();
    wrapped.set(id, out);
    return out;
  };

  // Taken rectangles in a grid, so that thousands of tries stay cheap.
  const grid = () => {
    const cells = new Map();
    const SIDE = 120;
    const each = (r, use) => {
      for (let a = Math.floor(r[0] / SIDE); a <= Math.floor(r[2] / SIDE); a += 1) {
        for (let b = Math.floor(r[1] / SIDE); b <= Math.floor(r[3] / SIDE); b += 1) if (use(a * 4096 + b)) return true;
      }
      return false;
    };
    const hits = (r) =>
      each(r, (k) => (cells.get(k) || []).some((o) => r[0] < o[2] && r[2] > o[0] && r[1] < o[3] && r[3] > o[1]));
    const add = (r) => {
      each(r, (k) => {
        if (!cells.has(k)) cells.set(k, []);
        cells.get(k).push(r);
        return false;
      });
    };
    return { hits, add };
  };

  const box = (side, x, y, r, width, height) => {
    const gap = r + 6;
    if (side === 'r') return [x + gap, y - height / 2, x + gap + width, y + height / 2];
    if (side === 'l') return [x - gap - width, y - height / 2, x - gap, y + height / 2];
    if (side === 'b') return [x - width / 2, y + r + 4, x + width / 2, y + r + 4 + height];
    return [x - width / 2, y - r - 4 - height, x + width / 2, y - r - 4];
  };

  // items: {i, x, y, r, place, text, strong, must} in screen pixels, the weightiest first.
  const lay = (ctx, items, width, tall, { limit = 260, tries = 900, marks = [] } = {}) => {
    const taken = grid();
    const laid = [];
    for (const one of marks) taken.add(one);
    let tried = 0;
    for (const one of items) {
      if (one.x < -60 || one.y < -30 || one.x > width + 60 || one.y > tall + 30) continue;
      if (laid.length >= limit || (tried += 1) > tries) break;
      const key = one.strong ? 'strong' : 'plain';
      const { place } = one;
      const scale = one.scale || 1;
      const room = place.width ? place.width * Math.max(1, scale) : one.must ? 220 : 0;
      if (!room) continue;
      const lines = wrap(ctx, one.text, room, place.lines || 1, key);
      const w = Math.max(...lines.map((line) => measure(ctx, line, key)));
      const sides = place.side
        ? one.must && place.side === 'l'
          ? ['l', 'b', 't']
          : [place.side]
        : ['r', 'b', 't', 'l'];
      for (const side of sides) {
        const r = box(side, one.x, one.y, one.r, w, lines.length * LINE);
        const tight = [r[0], r[1] + 1, r[2], r[3] - 1];
        if (taken.hits(tight) || (!one.must && !place.side && (r[0] < 2 || r[2] > width - 2))) continue;
        taken.add(tight);
        laid.push({ i: one.i, lines, side, box: r, key, faint: one.faint, soft: one.soft });
        break;
      }
    }
    return laid;
  };
  const paint = (ctx, laid, colours) => {
    ctx.textBaseline = 'middle';
    ctx.lineJoin = 'round';
    ctx.strokeStyle = colours.paper;
    for (const one of laid) {
      ctx.font = fonts[one.key];
      ctx.globalAlpha = one.faint ? 0.32 : 1;
      ctx.fillStyle = one.soft ? colours.faint : colours.ink;
      ctx.lineWidth = 4;
      const centre = one.side === 'b' || one.side === 't';
      ctx.textAlign = centre ? 'center' : 'left';
      one.lines.forEach((line, k) => {
        const x = centre ? (one.box[0] + one.box[2]) / 2 : one.box[0];
        const y = one.box[1] + LINE * (k + 0.5) + 0.5;
        if (!one.faint) ctx.strokeText(line, x, y);
        ctx.fillText(line, x, y);
      });
    }
    ctx.globalAlpha = 1;
  };
  return { lay, paint, wrap, measure, fonts, setFonts, LINE };
})();
