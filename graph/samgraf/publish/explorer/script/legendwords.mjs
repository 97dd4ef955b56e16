// The legend of the signs that are in view: what filled, hollow and hatched mean, the letters, and how it stands with them.

import { involvements } from './data.mjs';
import { el } from './dom.mjs';
import { look, stateOf } from './roles.mjs';
import { table } from './table.mjs';
import { label, language, t } from './words.mjs';

// The rows that a model draws, one for each sign.
const drawn = (rows) => rows.flatMap((row) => [...row.cells.values()].map(([first]) => first));
const among = (order, found) => order.filter((one) => found.has(one));

export const legend = (rows) => {
  const signs = drawn(rows);
  const looks = among(['stated', 'derived', 'planned'], new Set(signs.map(look)));
  const states = among(['last-attested', 'ended'], new Set(signs.map(stateOf)));
  const hows = [...new Set(signs.map((r) => table.how[r]))].filter((k) => k >= 0).sort((a, b) => a - b);
  return {
    looks: looks.map((one) => [one, t(`sign.${one}`)]),
    letters: hows.map((k) => [involvements[k].letter[language()], label(involvements[k])]),
    states: states.map((one) => [one, t(`sign.${one}`)]),
  };
};
/** The legend as elements: each sign with its words. */
export const legendKey = (rows) => {
  const { looks, letters, states } = legend(rows);
  const item = (sign, text) => el('span', {}, sign, text);
  return [
    ...looks.map(([one, text]) => item(el('span', { class: `sign sign-${one}` }), text)),
    ...letters.map(([one, text]) => item(el('b', { text: one }), text)),
    ...states.map(([one, text]) => item(el('span', { class: `sign sign-derived is-${one}` }), text)),
  ];
};
