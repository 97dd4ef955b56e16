// Ready questions about one entity: the library's queries with its name filled in, as a command; where a server answers them, as links.

import { App } from './actions.mjs';
import { nodes, raw } from './data.mjs';
import { $, button, el } from './dom.mjs';
import { pageOf } from './pages.mjs';
import { label, name, t } from './words.mjs';

const row = (one, i) => {
  const command = `samgraf query ${one.name} -p ${one.parameter}=${nodes.id[i]}`;
  const page = pageOf('query', one.name);
  return el(
    'li',
    {},
    page
      ? el('a', { href: `${page}&${new URLSearchParams({ [one.parameter]: nodes.id[i] })}`, text: label(one.title) })
      : el('b', { text: label(one.title) }),
    el('code', { text: command }),
    button(t('questions.copy'), () => App.copy(command), { class: 'link' }),
  );
};
export const show = (i) => {
  const dialog = $('questions');
  dialog.replaceChildren(
    el(
      'div',
      { class: 'dialog-head' },
      el(
        'div',
        {},
        el('h2', { id: 'questions-title', text: t('questions.of', { name: name(i) }) }),
        el('p', { text: t('questions.intro') }),
      ),
      button(t('facts.close'), () => dialog.close(), { class: 'dialog-close' }),
    ),
    el(
      'ul',
      { class: 'questions' },
      raw.questions.map((one) => row(one, i)),
    ),
  );
  dialog.showModal();
};
