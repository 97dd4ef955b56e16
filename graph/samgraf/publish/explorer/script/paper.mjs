// The sheet for paper: one of A3. A matrix whole, each row with the numbers of its documents, and what the numbers mean; the network as
// a drawing. Other views are printed as they stand.

import { documents } from './data.mjs';
import { $, el } from './dom.mjs';
import * as Grid from './grid.mjs';
import { legendKey } from './legendwords.mjs';
import { allRows, model } from './matrix.mjs';
import { drawing, foot } from './picture.mjs';
import * as Sheets from './sheets.mjs';
import { now } from './state.mjs';
import { table } from './table.mjs';
import { t, title } from './words.mjs';

// What lies within the margins of A3, in CSS pixels.
const LONG = 1500;
const SHORT = 1036;
const LARGEST = 1.6;

const matrix = () => {
  const made = model({ whole: true });
  const grid = Grid.table(made, { limit: false });
  const used = new Map();
  const number = (d) => {
    if (!used.has(d)) used.set(d, used.size + 1);
    return used.get(d);
  };
  grid.tHead.rows[0].append(el('th', { class: 'refs', text: t('csv.sources') }));
  for (const row of allRows(made)) {
    const docs = [...row.cells.values()]
      .flat()
      .flatMap((r) => (table.claims[r] || []).map((c) => Sheets.documentOf(c)));
    const refs = [...new Set(docs)]
      .filter((d) => d >= 0)
      .map(number)
      .sort((a, b) => a - b);
    grid.querySelector(`tr[data-thing="${row.thing}"]`)?.append(el('td', { class: 'refs', text: refs.join(', ') }));
  }
  return [
    el('h1', { text: $('headline').textContent }),
    el('p', { text: $('subline').textContent }),
    grid,
    el('p', { class: 'paper-key' }, legendKey(allRows(made))),
    el('h2', { text: t('csv.sources') }),
    el(
      'ol',
      { class: 'paper-sources' },
      [...used.keys()].map((d) => el('li', { text: title(documents[d]) })),
    ),
    el('p', { text: foot() }),
  ];
};
const KINDS = { matrix, sketch: matrix, network: () => [drawing()] };

/** Make the sheet, as large as it can be and still be one, lying or standing. */
export const lay = () => {
  const paper = $('paper');
  paper.replaceChildren(...(KINDS[now.view]?.() ?? []));
  paper.className = 'paper measured';
  const sized = (zoom) => {
    paper.style.zoom = String(zoom);
    return paper.getBoundingClientRect();
  };
  // How much larger it can become in so much room; borders and letters do not shrink evenly, so that it is asked once more.
  const room = ({ width, height }, wide, tall) => Math.min(wide / width, tall / height);
  const plain = sized(1);
  const [lying, standing] = [room(plain, LONG, SHORT), room(plain, SHORT, LONG)];
  const stands = standing > lying * 1.1;
  const zoom = Math.min(LARGEST, stands ? standing : lying);
  const again = room(sized(zoom), ...(stands ? [SHORT, LONG] : [LONG, SHORT]));
  sized(zoom * Math.min(1, again));
  paper.className = `paper${stands ? ' standing' : ''}`;
};
