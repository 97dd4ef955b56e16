// Files that the page gives: made here, saved by the browser, nothing sent anywhere.

import { el } from './dom.mjs';
import { say } from './say.mjs';
import { t } from './words.mjs';

export const save = (blob, name) => {
  const url = URL.createObjectURL(blob);
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 5000);
  say(t('export.saved', { name }));
};
export const saveText = (text, name, type) => save(new Blob([text], { type: `${type};charset=utf-8` }), name);
