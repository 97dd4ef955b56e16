// Days, periods and partial dates in plain words. A period's three days come with the data; the state follows from them.

import { claims, dates, periods, raw } from './data.mjs';
import { language, pair, t } from './words.mjs';

export const today = () => Math.floor(Date.now() / 864e5);
export const iso = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
export const dayOf = (text) => {
  const found = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(found) ? null : Math.round(found / 864e5);
};
export const [firstDay, lastDay] = raw.span;
export const yearOf = (day) => new Date(day * 864e5).getUTCFullYear();

// What can be said of a day: had it begun, is it known to have held, was it last heard of before, had it ended?
export const state = (period, day) => {
  const [begins, sure, ends] = periods[period];
  if (begins !== null && day < begins) return 'not-begun';
  if (ends !== null && day > ends) return 'ended';
  return sure !== null && day > sure ? 'last-attested' : 'held';
};
export const mayHold = (period, day) => {
  const [begins, , ends] = periods[period];
  return (begins === null || day >= begins) && (ends === null || day <= ends);
};
// Whether the first of two periods had begun when the second ended, as far as both days are known.
const begunBefore = (one, two) => one[9] === null || two[2] === null || one[9] <= two[2];
export const overlap = (one, two) => {
  const [a, b] = [periods[one], periods[two]];
  return begunBefore(b, a) && begunBefore(a, b);
};

// A day in words, as the language writes it.
const FORMS = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
export const dayName = (day) =>
  new Intl.DateTimeFormat(language() === 'da' ? 'da-DK' : 'en-GB', /** @type {any} */ (FORMS)).format(
    new Date(day * 864e5),
  );
export const dateText = (n) => (n >= 0 ? pair(dates[n][1]) : '');
export const edtf = (n) => (n >= 0 ? dates[n][0] : '');
// What a claim says of its own time.
export const said = (c) => (claims.t[c] >= 0 ? pair(raw.words[claims.t[c]]) : '');
// An effective period in words: when, how that is known, and the day of the source where that is all that is known.
export const told = (period) => {
  const [, , , , , basis, attested, , text] = periods[period];
  if (text < 0) return attested >= 0 ? t('basis.attested', { d: dateText(attested) }) : '';
  const span = pair(raw.words[text]);
  return basis === 'inherited' ? `${span} (${t('basis.inherited')})` : span;
};
export const attestedText = (period) => dateText(periods[period][6]);
