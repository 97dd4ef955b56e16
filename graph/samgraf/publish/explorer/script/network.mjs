// The network of actors: who is joined to whom by the number of things that they share. A large one opens on its communities.

import { App } from './actions.mjs';
import * as Also from './also.mjs';
import * as Canvas from './canvas.mjs';
import { model } from './communities.mjs';
import { kinds } from './data.mjs';
import { $, button, el } from './dom.mjs';
import * as Marks from './marks.mjs';
import { words } from './meaning.mjs';
import { change, now } from './state.mjs';
import { pair, t, upper } from './words.mjs';

const MANY = 400; // more actors than these are first shown as communities

/** @type {any} */
let made = null;
let inside = -1; // the community that is open
const large = () => made.actors.length > MANY;

/** The points and lines that are drawn. */
export const drawn = () => {
  if (!made) return { points: [], lines: [] };
  return large() && inside < 0 ? Marks.communities(made) : Marks.actors(made, inside);
};
const draw = () => {
  Canvas.draw($('canvas'), drawn(), (point) => {
    const community = Marks.communityAt(point);
    if (community < 0) App.select(point);
    else open(community);
  });
};
const describe = () => $('network-words').replaceChildren(...words(made, inside, large() ? open : null));
const open = (community) => {
  inside = community;
  draw();
  describe();
};

const choice = (id, title, value, options, onpick) => {
  const select = el(
    'select',
    { id, onchange: (event) => onpick(event.target.value) },
    options.map(([one, text]) => el('option', { value: one, text })),
  );
  select.value = value;
  return el('label', { class: 'sorter' }, el('span', { text: title }), select);
};
const controls = () => [
  choice(
    'sort-size',
    t('sort.size'),
    now.size,
    ['partners', 'things'].map((one) => [one, t(`sort.size.${one}`)]),
    (size) => change({ size }),
  ),
  choice(
    'pick-also',
    t('network.also'),
    String(now.also),
    [['-1', t('network.also.none')], ...Also.offered(made.actors).map((k) => [k, upper(pair(kinds[k].plural))])],
    (k) => change({ also: Number(k) }),
  ),
  el(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': t('zoom') },
    button('+', () => Canvas.zoom(1.35), { 'aria-label': t('zoom.in'), id: 'zoom-in' }),
    button('−', () => Canvas.zoom(1 / 1.35), { 'aria-label': t('zoom.out'), id: 'zoom-out' }),
    button(t('zoom.fit'), Canvas.fit, { id: 'zoom-fit' }),
  ),
];
export const show = (place, tools) => {
  made = model();
  if (!large()) inside = -1;
  tools.replaceChildren(...controls());
  const label = t('network.label', { n: made.actors.length, m: made.ties.length });
  const holder = el('div', { id: 'canvas', tabindex: '0', role: 'img', 'aria-label': label });
  place.replaceChildren(
    el('div', { class: 'network' }, holder, el('div', { class: 'network-words', id: 'network-words' })),
  );
  describe();
  Canvas.drop();
  Canvas.install(holder);
  Canvas.load();
  draw();
  document.documentElement.dataset.drawn = 'true';
  return made;
};
