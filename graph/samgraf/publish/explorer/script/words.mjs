// Words in two languages.

import { claims, english, kind, kinds, nodes, raw, relations } from './data.mjs';
import { $ } from './dom.mjs';

/** @type {Record<string, {da: string, en: string}>} */
const dictionary = JSON.parse($('dictionary').textContent);
let lang = raw.lang;
// What the browser's own tables of a language are read for is made once, when it is first asked for: each costs milliseconds.
const made = new Map();
const once = (key, make) => made.get(key) ?? made.set(key, make()).get(key);
const region = () => (lang === 'da' ? 'da-DK' : 'en-GB');

export const language = () => lang;
/** @type {Intl.Collator | null} */
let collator = null;
export const setLanguage = (value) => {
  lang = value === 'en' ? 'en' : 'da';
  collator = null;
};
export const number = (n) =>
  Number.isInteger(n)
    ? String(n).replace(/\B(?=(\d{3})+$)/g, lang === 'da' ? '.' : ',')
    : once(`number ${lang}`, () => new Intl.NumberFormat(region())).format(n);
export const has = (key) => key in dictionary;
/** @param {string} key @param {Record<string, any>} values */
export const t = (key, values = {}) =>
  (dictionary[key]?.[lang] || key).replace(/\{(\w+)\}/g, (all, name) => {
    const value = values[name];
    return value === undefined ? all : typeof value === 'number' ? number(value) : String(value);
  });
// A number with its noun: the word's two forms stand in the dictionary as 'one|many'.
export const counted = (key, n) => `${number(n)} ${t(key).split('|')[n === 1 ? 0 : 1]}`;
export const pair = (value) => (Array.isArray(value) ? value[lang === 'da' ? 0 : 1] : (value ?? ''));
export const label = (record) => record[lang] || record.da || record.en || '';
// A document by its title, and the layer below that it is of where there are several.
export const title = (document) => (document.layer ? `${label(document)} (${document.layer})` : label(document));
export const name = (i) => (lang === 'en' && english(i)) || nodes.da[i];
export const kindName = (i) => label(kind(i));
// A number of things of a kind, in the kind's own words: 1 alliance, 6 initiativer.
export const countedKind = (k, n) => `${number(n)} ${n === 1 ? label(kinds[k]).toLowerCase() : pair(kinds[k].plural)}`;
export const countedThing = (k, n) => `${number(n)} ${n === 1 ? label(raw.things[k]) : pair(raw.things[k].plural)}`;
// A name without the word for its kind at the end, for where there is little room: Viborg.
export const short = (i) => {
  const whole = name(i);
  const last = ` ${kindName(i).toLowerCase()}`;
  return whole.toLowerCase().endsWith(last) ? whole.slice(0, -last.length) : whole;
};
export const phrase = (c, i) => {
  const relation = relations[claims.p[c]];
  const inverse = i !== undefined && claims.s[c] !== i;
  return inverse ? pair(relation.inverse) || label(relation) : label(relation);
};
export const list = (items) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${t('and')} ${items.at(-1)}`;
export const compare = (a, b) => {
  collator ??= new Intl.Collator(lang);
  return collator.compare(a, b);
};
export const byName = (a, b) => compare(name(a), name(b)) || a - b;
export const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const apply = () => {
  document.documentElement.lang = lang;
  for (const one of document.querySelectorAll('[data-t]')) one.textContent = t(one.dataset.t);
  for (const one of document.querySelectorAll('[data-t-label]')) one.setAttribute('aria-label', t(one.dataset.tLabel));
  for (const one of document.querySelectorAll('[data-t-placeholder]')) one.placeholder = t(one.dataset.tPlaceholder);
  for (const code of ['da', 'en']) $(`lang-${code}`).setAttribute('aria-pressed', String(code === lang));
  document.title = `${raw.title[lang]} – samgraf`;
};
