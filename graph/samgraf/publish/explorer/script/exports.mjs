// What a person takes along: the view as drawing, picture or spreadsheet, the link, the printed sheet.

import { App } from './actions.mjs';
import { toCsv } from './csv.mjs';
import { nodes } from './data.mjs';
import { $, el } from './dom.mjs';
import { save, saveText } from './files.mjs';
import * as Paper from './paper.mjs';
import { toPng, toSvg } from './picture.mjs';
import * as Sheets from './sheets.mjs';
import { now } from './state.mjs';
import { t } from './words.mjs';

const base = () =>
  ['samgraf', now.view, ...now.focus.map((i) => nodes.id[i])]
    .join('-')
    .replace(/[^\w-]+/g, '')
    .slice(0, 80);
const close = (focus = false) => {
  $('exports').hidden = true;
  $('open-exports').setAttribute('aria-expanded', 'false');
  if (focus) $('open-exports').focus();
};
export const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const held = el('textarea', { class: 'hidden', text });
    document.body.append(held);
    held.select();
    document.execCommand('copy');
    held.remove();
  }
  App.flash(t('export.copied'));
};
const embed = () => {
  const [page, hash = ''] = location.href.split('#');
  return `<iframe src="${page}#${[...hash.split('&').filter((one) => one && !one.startsWith('embed=')), 'embed=1'].join('&')}" width="100%" height="640" title="${$('headline').textContent.replace(/[&"<>]/g, ' ')}"></iframe>`;
};

export const install = () => {
  const on = (id, act) =>
    $(id).addEventListener('click', () => {
      close(true);
      act();
    });
  $('open-exports').addEventListener('click', () => {
    const open = $('exports').hidden;
    $('exports').hidden = !open;
    $('open-exports').setAttribute('aria-expanded', String(open));
  });
  document.addEventListener('pointerdown', (event) => {
    if (!event.target.closest('.menu')) close();
  });
  document.querySelector('.menu').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close(true);
  });
  on('export-png', async () => save(await toPng(), `${base()}.png`));
  on('export-svg', () => saveText(toSvg(), `${base()}.svg`, 'image/svg+xml'));
  on('export-csv', () => saveText(toCsv(Sheets.rows()), `${base()}.csv`, 'text/csv'));
  on('export-link', () => copy(location.href));
  on('export-embed', () => copy(embed()));
  on('export-print', () => print());
  on('menu-tour', () => $('open-tour').click());
  on('menu-theme', () => $('theme').click());
  window.addEventListener('beforeprint', () => {
    App.paper(true);
    Paper.lay();
  });
  window.addEventListener('afterprint', () => App.paper(false));
};
