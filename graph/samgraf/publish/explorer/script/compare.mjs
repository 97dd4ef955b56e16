// Choose two or three to set beside each other, or two to find the shortest path between.

import { $, button, el } from './dom.mjs';
import * as Panel from './panel.mjs';
import { combo } from './combo.mjs';
import { find } from './search.mjs';
import { change, now } from './state.mjs';
import { name, t } from './words.mjs';

const chosen = [-1, -1, -1];
const ready = () => [...new Set(chosen.filter((i) => i >= 0))];
const enable = () => {
  for (const id of ['do-compare-them', 'do-shortest']) $(id).disabled = ready().length < 2;
};
const field = (k) => {
  const id = `compare-${'abc'[k]}`;
  const input = el('input', {
    id,
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': `${id}-list`,
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: t('compare.pick'),
  });
  if (chosen[k] >= 0) input.value = name(chosen[k]);
  const list = el('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': t('search.results'), hidden: true });
  combo(
    input,
    list,
    (typed) => find(typed).map((i) => ({ node: i })),
    ({ node }) => {
      chosen[k] = node;
      input.value = name(node);
      enable();
      if (ready().length > 1) $('do-compare-them').focus();
      else $(`compare-${'abc'[(k + 1) % 3]}`).focus();
    },
  );
  input.addEventListener('change', () => {
    if (input.value.trim()) return;
    chosen[k] = -1;
    enable();
  });
  return el(
    'div',
    { class: 'field' },
    el('label', { for: id, text: t(`compare.${'abc'[k]}`) }),
    el('div', { class: 'combo' }, input, list),
  );
};
const go = (view) => {
  const picked = ready();
  if (picked.length < 2) return;
  change(
    { view, focus: view === 'path' ? picked.slice(0, 2) : picked, selected: -1, cell: [], tab: 'compare' },
    { push: true },
  );
  $('headline').focus();
};
let drawn = '';
export const show = () => {
  if (now.focus.length > 1) for (let k = 0; k < 3; k += 1) chosen[k] = now.focus[k] ?? -1;
  const key = [now.lang, chosen].join('|');
  if (key === drawn) return;
  drawn = key;
  $('compare').replaceChildren(
    el('p', { class: 'aside', text: t('compare.intro') }),
    el('div', { class: 'compare-fields' }, field(0), field(1), field(2)),
    el(
      'div',
      { class: 'actions' },
      button(t('compare.them'), () => go('matrix'), { class: 'action first', id: 'do-compare-them' }),
      button(t('compare.path'), () => go('path'), { class: 'action', id: 'do-shortest' }),
    ),
  );
  enable();
};
export const begin = (i) => {
  chosen.splice(0, 3, i, -1, -1);
  drawn = '';
  change({ tab: 'compare' });
  Panel.open(true);
  show();
  $('compare-b').focus();
};
