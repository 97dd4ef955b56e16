// The path between two as a list of steps, each named and with its source.

import { App } from './actions.mjs';
import { el } from './dom.mjs';
import * as Facts from './facts.mjs';
import { between, path, stated } from './paths.mjs';
import { markOf } from './shapes.mjs';
import { now } from './state.mjs';
import { name, phrase } from './words.mjs';

const stop = (i) =>
  el(
    'li',
    { class: 'stop' },
    markOf(i),
    el('button', { type: 'button', class: 'fact-name', text: name(i), onclick: () => App.select(i) }),
  );
const step = (a, b) =>
  el(
    'li',
    { class: 'step' },
    stated(between(a, b))
      .slice(0, 4)
      .map((c) =>
        el(
          'div',
          {},
          el('p', { class: 'phrase', text: phrase(c, a) }),
          el('div', { class: 'fact-meta' }, Facts.tags(c), Facts.meta(c)),
          Facts.source(c),
        ),
      ),
  );
export const show = (place, tools) => {
  tools.replaceChildren();
  const steps = path(now.focus[0], now.focus[1]);
  place.replaceChildren(
    steps
      ? el(
          'ol',
          { class: 'steps' },
          steps.flatMap((i, k) => [k ? step(steps[k - 1], i) : null, stop(i)]),
        )
      : '',
  );
  return { steps };
};
