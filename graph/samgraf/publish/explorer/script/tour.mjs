// A short guided tour: each step beside what it tells of.

import { $, button, el } from './dom.mjs';
import * as Panel from './panel.mjs';
import { t } from './words.mjs';

const STOPS = ['view', 'search', 'side', 'views', 'time'];
let at = 0;
const dark = () => {
  for (const one of document.querySelectorAll('.lit-stop')) one.classList.remove('lit-stop');
};
const place = () => {
  const dialog = $('tour');
  const target = $(STOPS[at]).getBoundingClientRect();
  const own = dialog.getBoundingClientRect();
  const clamp = (x, high) => Math.max(12, Math.min(x, high));
  const spots = [
    [target.left + 24, target.bottom + 14],
    [target.left - own.width - 18, target.top + 60],
    [target.left + 24, target.top - own.height - 14],
    [target.left + target.width / 2 - own.width / 2, target.top + 60],
  ];
  const fits = ([x, y]) => x >= 8 && y >= 8 && x + own.width <= innerWidth - 8 && y + own.height <= innerHeight - 8;
  const [x, y] = spots.find(fits) || spots[3];
  dialog.style.left = `${clamp(x, innerWidth - own.width - 12)}px`;
  dialog.style.top = `${clamp(y, innerHeight - own.height - 12)}px`;
};
const step = (by) => () => {
  at += by;
  show();
};
const show = () => {
  const dialog = $('tour');
  dark();
  if (!Panel.docked()) Panel.open(STOPS[at] === 'side');
  $(STOPS[at]).classList.add('lit-stop');
  const last = at === STOPS.length - 1;
  dialog.replaceChildren(
    el('h2', { id: 'tour-title', text: t(`tour.${at + 1}.title`) }),
    el('p', { text: t(`tour.${at + 1}.text`) }),
    el(
      'div',
      { class: 'tour-foot' },
      el('small', { text: t('tour.step', { n: at + 1, all: STOPS.length }) }),
      at ? button(t('tour.previous'), step(-1), { class: 'action' }) : null,
      button(t('tour.end'), () => dialog.close(), { class: `action${last ? ' first' : ''}`, id: 'tour-end' }),
      last ? null : button(t('tour.next'), step(1), { class: 'action first', id: 'tour-next' }),
    ),
  );
  if (!dialog.open) dialog.showModal();
  place();
  (dialog.querySelector('#tour-next') || dialog.querySelector('#tour-end')).focus();
};
export const install = () => {
  $('tour').addEventListener('close', () => {
    dark();
    if (!Panel.docked()) Panel.open(false);
    $('open-tour').focus();
  });
  $('open-tour').addEventListener('click', () => {
    at = 0;
    show();
  });
};
