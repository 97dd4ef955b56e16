// The words beside the network: what size, nearness and colour mean, the communities by what they share, and the ties as a list.

import { App } from './actions.mjs';
import { groupName } from './communities.mjs';
import { raw } from './data.mjs';
import { button, el } from './dom.mjs';
import { markOf } from './shapes.mjs';
import { now } from './state.mjs';
import { counted, countedKind, name, t } from './words.mjs';

const GROUPS = 12;
const TIES = 200;

const group = (one, rank, open, onopen) =>
  el(
    'li',
    {},
    el('span', { class: `dot look-${raw.looks[rank % raw.looks.length].name}`, 'aria-hidden': 'true' }),
    onopen
      ? button(groupName(one), () => onopen(one.id), { class: 'fact-name', 'aria-pressed': String(open === one.id) })
      : el('b', { text: groupName(one) }),
    el('small', { text: ` ${counted('noun.actor', one.actors.length)}` }),
  );
// For those who cannot see them: the strongest ties, those of the largest first. Made when it is unfolded.
const strongest = (made) => {
  const rank = new Map(made.actors.map((i, n) => [i, n]));
  const order = (one) => rank.get(one.a) + rank.get(one.b);
  return [...made.ties].sort((x, y) => y.things.length - x.things.length || order(x) - order(y)).slice(0, TIES);
};
const end = (i) => button(name(i), () => App.select(i), { class: 'fact-name' });
const tie = (one) =>
  el(
    'li',
    {},
    markOf(one.a),
    end(one.a),
    ' – ',
    end(one.b),
    el('small', { text: ` ${counted('noun.thing', one.things.length)}` }),
  );
const ties = (made) => {
  const place = el('ul');
  const fill = () => place.childElementCount || place.append(...strongest(made).map(tie));
  const title = t('network.list', { n: Math.min(TIES, made.ties.length), all: made.ties.length });
  return el('details', { class: 'fold', ontoggle: fill }, el('summary', { text: title }), place);
};
const meaning = (made) => [
  el('p', { text: t('network.meaning', { size: t(`sort.size.${now.size}`).toLowerCase() }) }),
  made.also.length
    ? el('p', { text: t('network.also.meaning', { things: countedKind(now.also, made.also.length) }) })
    : '',
];
/** The words; `open` is the community that is open, and `onopen` opens another where they can be opened. */
export const words = (made, open, onopen) => {
  const groups = made.groups.filter((one) => one.actors.length > 1);
  return [
    ...(onopen && open < 0 ? [el('p', { text: t('network.meaning.groups') })] : meaning(made)),
    open >= 0 ? button(t('network.all'), () => onopen(-1), { class: 'link', id: 'all-groups' }) : '',
    el('h2', { text: t('network.groups') }),
    el(
      'ol',
      { class: 'groups' },
      groups.slice(0, GROUPS).map((one, rank) => group(one, rank, open, onopen)),
    ),
    groups.length > GROUPS ? el('p', { class: 'aside', text: t('network.more', { n: groups.length - GROUPS }) }) : '',
    ties(made),
  ];
};
