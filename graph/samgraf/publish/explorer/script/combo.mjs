// A field with suggestions, as the ARIA combobox pattern has it; `pick` gets the one chosen.

import { el } from './dom.mjs';
import { describe } from './offers.mjs';
import { say } from './say.mjs';
import { t } from './words.mjs';

export const combo = (input, list, suggest, pick) => {
  let shown = [];
  let at = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    at = -1;
  };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((one, k) => one.setAttribute('aria-selected', String(k === at)));
    if (at < 0) return;
    input.setAttribute('aria-activedescendant', list.children[at].id);
    list.children[at].scrollIntoView({ block: 'nearest' });
  };
  const choose = (one) => {
    close();
    input.value = '';
    pick(one);
  };
  const option = (one, k) =>
    el(
      'li',
      {
        class: 'option',
        role: 'option',
        id: `${list.id}-${k}`,
        'aria-selected': 'false',
        onmousedown: (event) => {
          event.preventDefault();
          choose(one);
        },
      },
      describe(one, input.value),
    );
  const show = () => {
    if (!input.value.trim()) {
      close();
      return;
    }
    shown = suggest(input.value);
    const none = {
      class: 'option-none',
      role: 'option',
      'aria-disabled': 'true',
      'aria-selected': 'false',
      text: t('search.none'),
    };
    list.replaceChildren(...(shown.length ? shown.map(option) : [el('li', none)]));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    if (shown.length) mark(0);
    else at = -1;
    say(shown.length ? t('search.count', { n: shown.length }) : t('search.none'));
  };
  input.addEventListener('input', show);
  input.addEventListener('focus', () => {
    if (input.value) show();
  });
  input.addEventListener('blur', () => setTimeout(close, 120));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) show();
      else if (shown.length) mark((at + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % shown.length);
    } else if (event.key === 'Enter' && !list.hidden && at >= 0) {
      event.preventDefault();
      choose(shown[at]);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
};
