// What is told to those who hear the page.

import { $ } from './dom.mjs';

export function say(text) {
  const place = $('say');
  if (place.textContent !== text) place.textContent = text;
}
