// What each view says, as rows of text: for spreadsheets, and for pictures of lists. The head stands first.

import * as Changes from './changes.mjs';
import * as Communities from './communities.mjs';
import { claims, place, raw, text, whole } from './data.mjs';
import * as Facts from './facts.mjs';
import { allRows, model } from './matrix.mjs';
import { ranked } from './partners.mjs';
import { between as claimsBetween, path, stated } from './paths.mjs';
import * as People from './people.mjs';
import { derived, modality, stateOf } from './sheetwords.mjs';
import { now } from './state.mjs';
import { table } from './table.mjs';
import { edtf, said, told } from './time.mjs';
import { kindName, label, list, name, pair, phrase, t, title } from './words.mjs';

const node = (i) => (i >= 0 ? name(i) : '');
const source = (c) =>
  Facts.where(c).map((one) => [title(one.document), one.section, one.lines].filter(Boolean).join(', '));
export const documentOf = (c) => claims.d[c];
export const sources = (r) => [...new Set((table.claims[r] || []).flatMap(source))];

const matrix = () => {
  const made = model({ whole: true });
  const head =
    'thing kind agreement area partOf actor actorKind involvement role certainty through from until basis state last sources';
  const rows = allRows(made).flatMap((row) => {
    const [agreement, area] = place(row.thing);
    const lead = [name(row.thing), kindName(row.thing), node(agreement), node(area), node(whole(row.thing))];
    const cells = [...row.cells].flatMap(([actor, found]) =>
      found.map((r) => {
        const [, , , from, until, basis, attested] = raw.periods[table.period[r]];
        return [
          ...lead,
          name(actor),
          kindName(actor),
          table.how[r] >= 0 ? label(raw.involvements[table.how[r]]) : '',
          pair(raw.words[table.role[r]]),
          modality(r),
          derived(r) ? list(table.via[r].map(name)) : '',
          edtf(from),
          edtf(until),
          basis ? t(`basis.word.${basis}`) : '',
          stateOf(r),
          edtf(attested),
          sources(r).join(' | '),
        ];
      }),
    );
    return cells.length ? cells : [[...lead, ...Array(12).fill('')]];
  });
  return [head.split(' ').map((one) => t(`csv.${one}`)), ...rows];
};
const partners = () => [
  ['csv.actor', 'csv.kind', 'partners.shared', 'partners.what', 'partners.since', 'partners.last', 'csv.everybody'].map(
    (key) => t(key),
  ),
  ...ranked(now.focus[0]).map((one) => [
    name(one.actor),
    kindName(one.actor),
    one.things.length,
    one.things.map(name).join(' | '),
    one.begin,
    one.last,
    [...one.everybody].map(name).join(' | '),
  ]),
];
const changes = () => {
  const made = Changes.model();
  if (!made) return [[]];
  return [
    [t('changes.what'), t('csv.kind'), t('csv.area'), ...made.agreements.map(name)],
    ...made.groups.flatMap(([area, rows]) =>
      rows.map((row) => [
        name(row.thing),
        kindName(row.thing),
        node(area),
        ...[...row.marks].map((m) => (m === ' ' ? '' : t(`changes.${Changes.SIGNS[m]}`))),
      ]),
    ),
  ];
};
const people = () => {
  const made = People.model();
  const line = (one) => [
    name(one.person),
    pair(text('role', one.c)) || phrase(one.c, one.person),
    node(one.behalf),
    name(one.end),
    said(one.c) || told(claims.w[one.c]),
    source(one.c).join(' | '),
  ];
  return [
    ['people.name', 'people.role', 'csv.behalf', 'people.where', 'people.when', 'csv.sources'].map((key) => t(key)),
    ...[...made.near, ...made.also].flatMap(([, rows]) => rows.map(line)),
  ];
};
const network = () => {
  const { ties, also } = Communities.model();
  return [
    [t('compare.a'), t('compare.b'), t('partners.shared'), t('partners.what')],
    ...ties.map((one) => [name(one.a), name(one.b), one.things.length, one.things.map(name).join(' | ')]),
    ...also.flatMap(({ i, near }) => near.map((actor) => [name(i), name(actor), '', ''])),
  ];
};
const trail = () => {
  const steps = path(now.focus[0], now.focus[1]) || [];
  return [
    [t('csv.from'), t('column.relation'), t('csv.to'), t('csv.sources')],
    ...steps
      .slice(1)
      .flatMap((i, k) =>
        stated(claimsBetween(steps[k], i)).map((c) => [
          name(steps[k]),
          phrase(c, steps[k]),
          name(i),
          source(c).join(' | '),
        ]),
      ),
  ];
};
/** @type {Record<string, () => any[][]>} */
const SHEETS = { matrix, sketch: matrix, partners, changes, people, network, path: trail };
export const rows = () => SHEETS[now.view]();
