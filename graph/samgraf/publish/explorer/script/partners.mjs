// Partners: with whom an actor collaborates, ranked by the number of things shared, each with on what, since when, last heard of.

import { App } from './actions.mjs';
import { periods } from './data.mjs';
import { button, el, hidden } from './dom.mjs';
import { cell, nameButton, rolled, row, rowHead, rows } from './rolled.mjs';
import { now } from './state.mjs';
import { partners, table } from './table.mjs';
import { dateText, state, today } from './time.mjs';
import { byName, counted, kindName, name, number, t } from './words.mjs';

// Since when and when last both were in it: of each pair of rows the later beginning and the earlier last day of a source.
const span = (one) => {
  const shared = [...one.shared.values()].flatMap((found) => [...found]);
  const pairs = one.pairs.map((pair) => pair.map((r) => periods[table.period[r]]));
  const of = (at, way) => {
    const known = pairs.filter((pair) => pair.every((period) => period[at] !== null));
    return known.map((pair) => pair.sort((x, y) => way * (x[at] - y[at]))[1]).sort((x, y) => way * (x[at] - y[at]))[0];
  };
  const [first, last] = [of(0, 1), of(7, -1)];
  const over = shared.length > 0 && shared.every((r) => state(table.period[r], now.day ?? today()) === 'ended');
  return {
    begin: first ? dateText(first[3] >= 0 ? first[3] : first[6]) : '',
    last: last ? dateText(last[6]) : '',
    over,
  };
};
export const ranked = (actor) =>
  partners(actor).map((one) => ({ ...one, ...span(one), things: [...one.shared.keys()].sort(byName) }));

export const show = (place, tools) => {
  tools.replaceChildren();
  const [actor] = now.focus;
  const all = ranked(actor);
  const near = all.filter((one) => one.things.length);
  const far = all.filter((one) => !one.things.length);
  const most = Math.max(1, ...near.map((one) => one.things.length));
  const bar = (n) => {
    const made = el('meter', { min: '0', max: String(most), 'aria-hidden': 'true' });
    made.value = n;
    return made;
  };
  const line = (one) =>
    row(
      rowHead({}, nameButton(one.actor), el('small', { text: kindName(one.actor) })),
      cell({ class: 'bar' }, el('b', { text: number(one.things.length) }), bar(one.things.length)),
      cell(
        {},
        el(
          'ul',
          { class: 'inline' },
          one.things.map((i) => el('li', {}, onWhat(one, i))),
        ),
      ),
      cell({ class: 'day', 'data-head': t('partners.since') }, one.begin),
      cell(
        { class: 'day', 'data-head': t('partners.last') },
        one.last,
        one.over ? el('small', { text: t('state.ended') }) : null,
      ),
    );
  const heads = ['partners.who', 'partners.shared', 'partners.what', 'partners.since', 'partners.last'];
  place.replaceChildren(
    rolled('ranked', t('partners.caption', { name: name(actor) }), heads, rows(near.map(line))),
    far.length ? everywhere(far) : '',
  );
  return { all, near, far };
};
const onWhat = (one, i) => {
  const [thing] = [...one.shared.get(i)].map((r) => table.thing[r]);
  return button(name(i), () => App.cell(thing, one.actor), { class: 'fact-name' });
};
// Those met only where everybody is.
const everywhere = (far) =>
  el(
    'section',
    { class: 'far' },
    el('h2', { text: t('partners.far', { n: counted('noun.partner', far.length) }) }),
    el(
      'ul',
      { class: 'inline' },
      far.map((one) => el('li', {}, nameButton(one.actor), hidden(`: ${[...one.everybody].map(name).join(', ')}`))),
    ),
  );
