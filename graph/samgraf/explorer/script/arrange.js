// Where things stand in views of columns, so that every name has room: rows as high as the space allows.

const Arrange = (() => {
  const HEAD = 30;
  const MIN = 18;
  const MAX = 34;
  const GROUP = 1.15;
  const GAP = 0.45;
  const height = (groups) =>
    groups.reduce((n, one, k) => n + one.items.length + (one.title ? GROUP : 0) + (k ? GAP : 0), 0);

  // Order each group by the middle of what its members are tied to, so that fewer lines cross.
  const untangle = (groups, y) => {
    const middle = (i) => {
      let total = 0;
      let n = 0;
      for (const j of Graph.neighbours(i))
        if (y.has(j)) {
          total += y.get(j);
          n += 1;
        }
      return n ? total / n : Infinity;
    };
    return groups.map((one) => {
      const at = new Map(one.items.map((i) => [i, middle(i)]));
      return { ...one, items: [...one.items].sort((a, b) => at.get(a) - at.get(b) || a - b) };
    });
  };

  const columns = (view, width, tall) => {
    const places = new Map();
    const heads = [];
    const total = view.columns.reduce((n, one) => n + one.width, 0);
    const rows = Math.max(...view.columns.filter((one) => !one.tree).map((one) => height(one.groups)), 1);
    const space = tall - HEAD - 26;
    const row = Math.max(MIN, Math.min(MAX, space / rows));
    const y = new Map();
    const order = [...view.columns.keys()].sort(
      (a, b) => (view.columns[a].tree ? 1 : 0) - (view.columns[b].tree ? 1 : 0),
    );
    const left = [];
    let x = 32;
    for (const one of view.columns) {
      left.push(x);
      x += (one.width / total) * (width - 40);
    }
    for (const k of order) {
      const one = view.columns[k];
      const room = (one.width / total) * (width - 40) - 30;
      if (one.title) heads.push({ x: left[k] - 7, y: 12, text: one.title, strong: true, width: room + 20 });
      if (one.tree) continue;
      const groups = one.sort ? untangle(one.groups, y) : one.groups;
      const own = Math.min(MAX, Math.max(row, Math.min(space / height(groups), row * 1.5)));
      let top = HEAD + 10 + Math.max(0, (space - height(groups) * own) / 2) * 0.25;
      groups.forEach((group, n) => {
        if (n) top += GAP * own;
        if (group.title) {
          heads.push({ x: left[k] - 7, y: top + own * 0.62, text: group.title, width: room + 20 });
          top += GROUP * own;
        }
        for (const i of group.items) {
          y.set(i, top + own / 2);
          places.set(i, { x: left[k], y: top + own / 2, side: 'r', width: room, lines: own >= 31 ? 2 : 1, row: own });
          top += own;
        }
      });
    }
    trees(view, left, total, width, space, y, places);
    return { places, heads, top: 0 };
  };

  // Agreements and areas stand in the middle of what is under them, the last column first, and never on each other.
  const trees = (view, left, total, width, space, y, places) => {
    for (let k = view.columns.length - 1; k >= 0; k -= 1) {
      const one = view.columns[k];
      if (!one.tree) continue;
      const items = one.groups.flatMap((group) => group.items);
      const room = (one.width / total) * (width - 40) - 30;
      const step = Math.min(58, space / items.length);
      const wanted = items.map((i) => {
        const own = [...y.keys()].filter((j) => view.parent.get(j) === i).map((j) => y.get(j));
        const ys = own.length ? own : items.length === 1 || view.chosen ? [HEAD + space / 2] : [];
        return { i, y: ys.length ? (Math.min(...ys) + Math.max(...ys)) / 2 : NaN };
      });
      wanted.forEach((one2, n) => {
        if (Number.isNaN(one2.y)) one2.y = HEAD + 10 + (n + 0.5) * (space / items.length);
      });
      if (view.chosen)
        wanted.forEach((one2, n) => {
          one2.y = HEAD + space * ((n + 1) / (items.length + 1));
        });
      const gap = Math.min(step, 28);
      for (let n = 1; n < wanted.length; n += 1) wanted[n].y = Math.max(wanted[n].y, wanted[n - 1].y + gap);
      const over = wanted.length ? wanted.at(-1).y - (HEAD + space) : 0;
      if (over > 0) {
        wanted.at(-1).y -= over;
        for (let n = wanted.length - 2; n >= 0; n -= 1) wanted[n].y = Math.min(wanted[n].y, wanted[n + 1].y - gap);
      }
      wanted.forEach((one2, n) => {
        y.set(one2.i, one2.y);
        const free = Math.min(one2.y - (wanted[n - 1]?.y ?? -99), (wanted[n + 1]?.y ?? 1e5) - one2.y);
        const big = view.centre === one2.i || view.chosen;
        places.set(one2.i, {
          x: left[k] + (big ? Math.min(76, room / 2) - 4 : 0),
          y: one2.y,
          side: big ? 'b' : 'r',
          width: big ? Math.min(160, room) : room,
          lines: big ? 3 : Math.max(1, Math.min(3, Math.floor((free + 4) / 17))),
          row: gap,
          big,
        });
      });
    }
  };

  // On a narrow screen: one list to scroll, indented by level; the last column becomes a strip of marks at the edge.
  const outline = (view, width) => {
    const places = new Map();
    const heads = [];
    const row = 27;
    const strip = view.columns.length > 2 ? view.columns.at(-1) : null;
    const lists = strip ? view.columns.slice(0, -1) : view.columns;
    const reach = width - (strip ? 40 : 12);
    let y = 16;
    const put = (i, level, big) => {
      if (places.has(i)) return;
      const x = 22 + level * 17;
      places.set(i, { x, y, side: 'r', width: reach - x - 22, lines: 1, row, big });
      y += row + (big ? 8 : 0);
    };
    const trees = lists.filter((one) => one.tree);
    const list = lists.find((one) => !one.tree);
    const under = (i) => {
      for (let k = 1; k < trees.length; k += 1)
        for (const j of trees[k].groups[0].items)
          if (view.parent.get(j) === i) {
            put(j, 1);
            below(j, 2);
          }
      below(i, trees.length > 1 ? 1 : 1);
    };
    const below = (i, level) => {
      if (list)
        for (const group of list.groups) for (const j of group.items) if (view.parent.get(j) === i) put(j, level);
    };
    if (view.parent.size)
      for (const i of trees[0]?.groups[0].items || []) {
        put(i, 0, 'head');
        under(i);
        y += 10;
      }
    for (const one of lists) {
      for (const group of one.groups) {
        const left = group.items.filter((i) => !places.has(i));
        if (!left.length) continue;
        if (group.title) {
          y += 4;
          heads.push({ x: 15, y: y + 2, text: group.title, width: reach - 20 });
          y += 24;
        }
        for (const i of left) put(i, one.tree ? 0 : 1, one.tree);
        y += 8;
      }
    }
    if (strip) {
      const ys = new Map([...places].map(([i, one]) => [i, one.y]));
      const items = untangle(strip.groups, ys).flatMap((group) => group.items);
      const step = Math.max(26, Math.min(48, (y - 30) / items.length));
      items.forEach((i, k) =>
        places.set(i, { x: width - 20, y: 22 + k * step, side: 'l', width: 0, lines: 1, row: step }),
      );
    }
    return { places, heads, top: 0, tall: y };
  };

  // A path is read as a sentence: from left to right, or from top to bottom where there is no room beside.
  const path = (view, width, tall) => {
    const places = new Map();
    const items = view.columns.map((one) => one.groups[0].items[0]);
    const narrow = width < 620 || items.length > 5;
    const n = items.length;
    const step = narrow
      ? Math.min(96, (tall - 80) / Math.max(1, n - 1))
      : Math.min(300, (width - 180) / Math.max(1, n - 1));
    items.forEach((i, k) => {
      const off = (k - (n - 1) / 2) * step;
      places.set(
        i,
        narrow
          ? {
              x: Math.min(width * 0.12, 120),
              y: 44 + k * step,
              side: 'r',
              width: width * 0.76,
              lines: 2,
              row: 40,
              big: true,
            }
          : {
              x: width / 2 + off,
              y: tall * 0.44,
              side: 'b',
              width: Math.min(step - 24, 200),
              lines: 3,
              row: 60,
              big: true,
            },
      );
    });
    return { places, heads: [], top: 0, narrow };
  };

  const map = (view, width, tall) => {
    const places = new Map();
    const upright = tall > width * 1.15; // a wide map stands on its edge on a high screen
    const [across, down] = upright ? [Data.nodes.y, Data.nodes.x] : [Data.nodes.x, Data.nodes.y];
    for (const i of view.nodes) places.set(i, { x: across[i], y: down[i], side: '', width: 190, lines: 1, row: 0 });
    return { places, heads: [] };
  };

  const arrange = (view, width, tall) => {
    if (view.mode === 'map') return map(view, width, tall);
    if (view.mode === 'path') return path(view, width, tall);
    return width < 620 ? outline(view, width) : columns(view, width, tall);
  };
  const room = (width, tall) => (width < 620 ? 48 : Math.max(14, (tall - HEAD - 26) / MIN));
  return { arrange, room };
})();
