// Letters made alike for searching: æ/ae/a, ø/oe/o, å/aa/a are one.

export const fold = (text) => {
  let plain = text.toLowerCase();
  if (/[^\x20-\x7e]/.test(plain))
    plain = plain
      .replace(/[æå]/g, 'a')
      .replace(/ø/g, 'o')
      .replace(/ß/g, 'ss')
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '');
  return plain
    .replace(/a[ae]/g, 'a')
    .replace(/oe/g, 'o')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
};
// True when the words differ by one letter, or by two neighbours that changed places.
export const near = (a, b) => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let k = 0;
  while (k < a.length && k < b.length && a[k] === b[k]) k += 1;
  const rest = (x, y) => a.slice(k + x) === b.slice(k + y);
  return rest(1, 1) || rest(1, 0) || rest(0, 1) || (a[k] === b[k + 1] && a[k + 1] === b[k] && rest(2, 2));
};
