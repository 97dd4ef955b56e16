// The panel at the side: beside the view where there is room, else drawn over it, on a small window from below.

import { $ } from './dom.mjs';

export const docked = () => matchMedia('(min-width: 1280px)').matches;
export const small = () => matchMedia('(max-width: 820px)').matches;
export const isOpen = () => $('side').classList.contains('open');
export const open = (up) => {
  $('side').classList.toggle('open', up);
  for (const id of ['sheet', 'open-side']) $(id).setAttribute('aria-expanded', String(up));
};
