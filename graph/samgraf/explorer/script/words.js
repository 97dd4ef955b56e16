// Words in two languages, and the small tools that make elements. Text enters the page by textContent alone.

const Words = (() => {
  const dictionary = JSON.parse(document.getElementById('dictionary').textContent);
  let lang = Data.raw.lang;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all));
  const number = (n) => n.toLocaleString(lang === 'da' ? 'da-DK' : 'en-GB');
  const t = (key, values = {}) => {
    const shown = Object.fromEntries(
      Object.entries(values).map(([k, v]) => [k, typeof v === 'number' ? number(v) : v]),
    );
    return fill((dictionary[key] || {})[lang] || key, shown);
  };
  // A number with its noun: the word's two forms stand in the dictionary as 'one|many'.
  const counted = (key, n) => `${number(n)} ${t(key).split('|')[n === 1 ? 0 : 1]}`;
  const pair = (value) => (Array.isArray(value) ? value[lang === 'da' ? 0 : 1] : value);
  const label = (record) => record[lang] || record.da || record.en || '';
  const name = (i) => (lang === 'en' && Data.nodes.en[i]) || Data.nodes.da[i];
  const kindName = (i) => label(Data.kinds[Data.nodes.kind[i]]);
  const phrase = (c, i) => {
    const relation = Data.relations[Data.claims.p[c]];
    const inverse = i !== undefined && Data.claims.s[c] !== i;
    return inverse ? pair(relation.inverse || '') || label(relation) : label(relation);
  };
  const list = (items) =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${t('and')} ${items.at(-1)}`;
  const apply = () => {
    document.documentElement.lang = lang;
    for (const one of document.querySelectorAll('[data-t]')) one.textContent = t(one.dataset.t);
    for (const one of document.querySelectorAll('[data-t-label]'))
      one.setAttribute('aria-label', t(one.dataset.tLabel));
    for (const one of document.querySelectorAll('[data-t-placeholder]')) one.placeholder = t(one.dataset.tPlaceholder);
    for (const code of ['da', 'en']) $(`lang-${code}`).setAttribute('aria-pressed', String(code === lang));
    document.title = `${Data.raw.title[lang]} – samgraf`;
  };
  const collator = { da: new Intl.Collator('da'), en: new Intl.Collator('en') };
  return {
    t,
    has: (key) => key in dictionary,
    counted,
    pair,
    label,
    name,
    kindName,
    phrase,
    list,
    number,
    apply,
    compare: (a, b) => collator[lang].compare(a, b),
    get lang() {
      return lang;
    },
    set lang(value) {
      lang = value === 'en' ? 'en' : 'da';
    },
  };
})();
const { t } = Words;

function $(id) {
  return document.getElementById(id);
}

function el(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'text') made.textContent = value;
    else if (key === 'class') made.className = value;
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked' || key === 'open') made[key] = value;
    else made.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) made.append(child);
  return made;
}

function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Shapes, drawn alike in the legend, on the canvas and in the SVG: points on a circle of radius 1.
const Shapes = (() => {
  const ring = (n, turn, inner) =>
    Array.from({ length: inner ? n * 2 : n }, (_, k) => {
      const angle = turn + (k * 2 * Math.PI) / (inner ? n * 2 : n);
      const r = inner && k % 2 ? inner : 1;
      return [Math.cos(angle) * r, Math.sin(angle) * r];
    });
  const scale = (points, by, dy = 0) => points.map(([x, y]) => [x * by, y * by + dy]);
  const points = {
    square: scale(ring(4, Math.PI / 4), 1.22),
    diamond: scale(ring(4, 0), 1.2),
    hexagon: scale(ring(6, 0), 1.08),
    triangle: scale(ring(3, -Math.PI / 2), 1.28, 0.18),
    star: scale(ring(5, -Math.PI / 2, 0.5), 1.3),
  };
  const vis = { dot: 1, square: 0.86, diamond: 1.2, hexagon: 1.08, triangle: 1.1, star: 1.3 };
  const path = (ctx, shape, x, y, r) => {
    ctx.beginPath();
    if (!points[shape]) ctx.arc(x, y, r, 0, 7);
    else {
      points[shape].forEach(([a, b], k) => (k ? ctx.lineTo(x + a * r, y + b * r) : ctx.moveTo(x + a * r, y + b * r)));
      ctx.closePath();
    }
  };
  const markup = (shape, x, y, r) =>
    points[shape]
      ? {
          tag: 'polygon',
          attributes: {
            points: points[shape].map(([a, b]) => `${(x + a * r).toFixed(1)},${(y + b * r).toFixed(1)}`).join(' '),
          },
        }
      : { tag: 'circle', attributes: { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1) } };
  const mark = (kind) => {
    const { tag, attributes } = markup(kind.shape, 7, 7, 5);
    return svg(
      'svg',
      { class: `mark mark-${kind.family}`, viewBox: '0 0 14 14', 'aria-hidden': 'true' },
      svg(tag, attributes),
    );
  };
  const line = (name) =>
    svg(
      'svg',
      { class: `line line-${name}`, viewBox: '0 0 28 10', 'aria-hidden': 'true' },
      svg('path', { d: 'M1 5h26' }),
    );
  return { path, markup, mark, line, vis, of: (i) => mark(Data.kinds[Data.nodes.kind[i]]) };
})();
