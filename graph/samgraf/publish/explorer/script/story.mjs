// A story: steps, each a state of the page with a title and a text; forward, back, and all of them on paper.

import { raw } from './data.mjs';
import { $, button, el } from './dom.mjs';
import { change, now, parse } from './state.mjs';
import { label, number, t } from './words.mjs';

const steps = raw.story || [];
const KEPT = ['lang', 'theme', 'embed'];

export const go = (n) => {
  if (n < 0 || n >= steps.length) {
    change({ step: -1 });
    return;
  }
  const state = parse(steps[n].state);
  for (const key of KEPT) delete state[key];
  change({ ...state, step: n }, { push: true });
  $('story-title')?.focus();
};
export const show = () => {
  const place = $('story');
  place.hidden = !steps.length;
  if (!steps.length) return;
  const step = steps[now.step];
  if (!step) {
    place.replaceChildren(
      el('span', { text: t('story.intro', { n: steps.length }) }),
      button(t('story.start'), () => go(0), { class: 'action first', id: 'story-start' }),
    );
    return;
  }
  place.replaceChildren(
    el(
      'div',
      { class: 'story-text' },
      el('h2', { id: 'story-title', tabindex: '-1', text: label(step.title) }),
      el('p', { text: label(step.text) }),
    ),
    el(
      'div',
      { class: 'story-foot' },
      el('small', { text: t('tour.step', { n: number(now.step + 1), all: steps.length }) }),
      button(t('tour.previous'), () => go(now.step - 1), {
        class: 'action',
        id: 'story-back',
        disabled: now.step === 0,
      }),
      button(t(now.step + 1 < steps.length ? 'tour.next' : 'tour.end'), () => go(now.step + 1), {
        class: 'action first',
        id: 'story-next',
      }),
    ),
  );
};
