// Where the pages about a thing, a claim, a ready question are, when a server or a site of files has them; else nothing.

import { raw } from './data.mjs';
import { language } from './words.mjs';

/** @param {string} kind @param {string} name */
export const pageOf = (kind, name = '') =>
  (raw.pages[language()]?.[kind] ?? '').replace('{}', name.split('/').map(encodeURIComponent).join('/'));
