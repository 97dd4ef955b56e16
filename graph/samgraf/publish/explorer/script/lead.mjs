// The headline and the line below it: every count is the length of what stands in the view.

import { isAgreement, isArea } from './data.mjs';
import { filterCount, now } from './state.mjs';
import { collaborates, rowsOfThing, table } from './table.mjs';
import { dayName } from './time.mjs';
import { counted, list, name, t } from './words.mjs';

// `made` is what the view gave back when it was drawn.
export const headline = (made) => {
  const [focus] = now.focus;
  const names = list(now.focus.map(name));
  if (now.view === 'path') {
    const [a, b] = now.focus.map(name);
    if (!made.steps) return t('lead.path.none', { a, b });
    return made.steps.length === 2
      ? t('lead.path.one', { a, b })
      : t('lead.path', { a, b, steps: counted('noun.step', made.steps.length - 1) });
  }
  if (now.view === 'network')
    return t('lead.network', {
      actors: counted('noun.actor', made.actors.length),
      ties: counted('noun.tie', made.ties.length),
    });
  if (now.view === 'people') {
    const n = counted('noun.person', made.near.length);
    return focus === undefined ? t('lead.people.all', { people: n }) : t('lead.people', { people: n, name: names });
  }
  if (now.view === 'partners')
    return made.near.length
      ? t('lead.partners', { name: names, partners: counted('noun.partner', made.near.length) })
      : t('lead.partners.none', { name: names });
  if (now.view === 'changes') {
    if (!made?.rows.length) return focus === undefined ? t('changes.none') : t('changes.none.of', { name: names });
    const things = counted('noun.thing', made.rows.length);
    return focus === undefined
      ? t('lead.changes', { things, n: made.agreements.length })
      : t('lead.changes.of', { things, n: made.agreements.length, name: names });
  }
  if (now.focus.length > 1) {
    const shared = made.groups
      .filter((one) => one.inside.length === now.focus.length)
      .reduce((n, one) => n + one.rows.length, 0);
    return shared
      ? t('lead.compare', { names, things: counted('noun.thing', shared) })
      : t('lead.compare.none', { names });
  }
  if (focus === undefined)
    return t('lead.all', { things: made.sum.text, actors: counted('noun.actor', made.columns.length) });
  if (made.self >= 0) {
    const what = made.sum.text;
    if (!made.sum.count) return t('lead.actor.none', { name: names });
    const near = made.partners.filter((one) => one.shared.size).length;
    return near
      ? t('lead.actor', { name: names, things: what, partners: counted('noun.partner', near) })
      : t('lead.actor.alone', { name: names, things: what });
  }
  if (isAgreement(focus) || isArea(focus)) {
    const below = made.things.filter((i) => i !== focus);
    return t('lead.frame', {
      name: names,
      things: counted('noun.thing', below.length),
      actors: counted('noun.actor', made.columns.length),
    });
  }
  const inside = new Set(
    rowsOfThing(focus)
      .filter(collaborates)
      .map((r) => table.actor[r]),
  ).size;
  return inside
    ? t(inside === 1 ? 'lead.thing.one' : 'lead.thing', { name: names, actors: counted('noun.actor', inside) })
    : t('lead.thing.none', { name: names });
};
export const subline = (made) => {
  const parts = [];
  if (now.day !== null) parts.push(t('sub.at', { when: dayName(now.day) }));
  const filters = filterCount() - Number(now.day !== null);
  if (filters) parts.push(t(filters === 1 ? 'sub.filtered.one' : 'sub.filtered', { n: filters }));
  if (made?.far?.length && !now.everybody) parts.push(t('sub.far', { n: counted('noun.partner', made.far.length) }));
  return parts.join(' ');
};
