// What is drawn at the moment, and how it looks: the state that the drawing and the painting share.

const Board = (() => {
  const holder = $('canvas');
  const board = {
    view: null,
    layout: { places: new Map(), heads: [] },
    pairs: [],
    order: [], // nodes, the weightiest first
    laid: [], // names as they were last placed, in pixels of the screen
    hovered: -1,
    colours: {},
    radius: new Map(),
    columnOf: new Map(),
    drawnAt: [0, 0],
    busy: false,
    network: null,
  };
  const readColours = () => {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue(name).trim();
    board.colours = {
      paper: get('--paper'),
      ink: get('--ink'),
      soft: get('--soft'),
      faint: get('--faint'),
      edge: get('--edge'),
      accent: get('--accent'),
      rule: get('--rule'),
      family: {},
    };
    for (const one of Data.families) board.colours.family[one.name] = get(`--family-${one.name}`);
    Labels.setFonts();
  };
  const ghostly = (i) => !Filters.node(i);
  const size = () => [holder.clientWidth, holder.clientHeight];
  const inColumns = () => board.view && board.view.mode !== 'map';

  // In columns, lines run between neighbouring columns only; the rest show when a name is pointed at.
  const drawn = (one) => {
    if (board.view.mode !== 'columns') return true;
    const a = board.columnOf.get(one.a);
    const b = board.columnOf.get(one.b);
    if (one.carried) return a !== b;
    if (board.view.centre === one.a || board.view.centre === one.b) return true;
    const gap = Math.abs(a - b);
    if (board.view.parent.size && gap === 2 && Math.min(a, b) === 0)
      return board.view.parent.get(one.a) === one.b || board.view.parent.get(one.b) === one.a;
    return gap === 1;
  };

  const active = () =>
    board.hovered >= 0 && board.layout.places.has(board.hovered)
      ? board.hovered
      : State.now.selected >= 0 && board.layout.places.has(State.now.selected)
        ? State.now.selected
        : -1;
  const screen = (i) => {
    const node = board.network.body.nodes[i];
    return board.network.canvasToDOM({ x: node.x, y: node.y });
  };

  const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
  return Object.assign(board, { holder, size, inColumns, ghostly, drawn, active, screen, calm, readColours });
})();
