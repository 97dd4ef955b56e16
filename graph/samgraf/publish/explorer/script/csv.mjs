// Rows as CSV (RFC 4180) with a byte order mark; in Danish with semicolons, as a Danish Excel reads them.

import { language } from './words.mjs';

// No cell can act as a formula; a number stays one, with the language's decimal sign.
const cell = (value, separator) => {
  if (typeof value === 'number') return language() === 'da' ? String(value).replace('.', ',') : String(value);
  let text = String(value ?? '');
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};
export const toCsv = (rows) => {
  const separator = language() === 'da' ? ';' : ',';
  return `\ufeff${rows.map((row) => row.map((one) => cell(one, separator)).join(separator)).join('\r\n')}\r\n`;
};
