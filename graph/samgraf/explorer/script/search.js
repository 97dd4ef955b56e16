// Search that forgives: æ/ae/a, ø/oe/o, å/aa/a are one; aliases and abbreviations count; a slip of the pen too.

const Search = (() => {
  const fold = (text) => {
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
  let entries = null;
  let words = null; // every word of every name, with the entries that have it: what a slip of the pen is looked up in
  const build = () => {
    entries = [];
    const { nodes } = Data;
    for (let i = 0; i < Data.size; i += 1) {
      const names = [nodes.da[i], nodes.en[i], ...(nodes.alias[i] || []), ...(nodes.short[i] || [])].filter(Boolean);
      const folded = [...new Set(names.map(fold))];
      entries.push({ i, names, folded, text: ` ${folded.join(' | ')} ` });
    }
  };
  const index = () => {
    words = new Map();
    for (const entry of entries)
      for (const word of new Set(entry.text.split(/[ |]+/))) {
        if (!words.has(word)) words.set(word, []);
        words.get(word).push(entry.i);
      }
  };
  const near = (a, b) => {
    // True when the words differ by one letter, or by two neighbours that changed places.
    if (Math.abs(a.length - b.length) > 1) return false;
    let k = 0;
    while (k < a.length && k < b.length && a[k] === b[k]) k += 1;
    const rest = (x, y) => a.slice(k + x) === b.slice(k + y);
    return rest(1, 1) || rest(1, 0) || rest(0, 1) || (a[k] === b[k + 1] && a[k + 1] === b[k] && rest(2, 2));
  };
  const rank = (entry, query, parts) => {
    if (!entry.text.includes(parts[0])) return 0;
    let best = 0;
    entry.folded.forEach((name, n) => {
      const main = n === 0 ? 1 : 0;
      if (name === query) best = Math.max(best, 100 + main);
      else if (name.startsWith(`${query} `)) best = Math.max(best, 90 + main);
      else if (name.startsWith(query)) best = Math.max(best, 80 + main);
      else if (name.includes(` ${query}`)) best = Math.max(best, 70 + main);
    });
    if (best) return best;
    if (parts.every((word) => entry.text.includes(` ${word}`))) return 60;
    return parts.every((word) => entry.text.includes(word)) ? 40 : 0;
  };
  // Entries that have each word of the query, or one that is a letter away from it, or begins so.
  const slips = (parts) => {
    if (!words) index();
    let kept = null;
    for (const part of parts) {
      const met = new Set();
      for (const [word, list] of words) {
        const hit =
          word.startsWith(part) ||
          (part.length > 3 &&
            (near(part, word) || near(part, word.slice(0, part.length)) || near(part, word.slice(0, part.length + 1))));
        if (hit) for (const i of list) if (!kept || kept.has(i)) met.add(i);
      }
      kept = met;
    }
    return kept;
  };
  const find = (typed, limit = 12) => {
    if (!entries) build();
    const query = fold(typed);
    if (!query) return [];
    const parts = query.split(' ');
    const bonus = (i) => Math.min(9, Math.log2(1 + Data.degree[i]));
    const found = [];
    for (const entry of entries) {
      const score = rank(entry, query, parts);
      if (score) found.push([score + bonus(entry.i), entry.i]);
    }
    if (found.length < 3 && query.length > 3) {
      const have = new Set(found.map(([, i]) => i));
      for (const i of slips(parts)) if (!have.has(i)) found.push([20 + bonus(i), i]);
    }
    return found
      .sort((a, b) => b[0] - a[0] || a[1] - b[1])
      .slice(0, limit)
      .map(([, i]) => i);
  };
  // The name that the query met, when it is not the one that is shown.
  const met = (i, typed) => {
    const query = fold(typed);
    if (fold(Words.name(i)).includes(query)) return '';
    return entries[i].names.find((name) => fold(name).includes(query)) || '';
  };

  // A field with suggestions, as the ARIA combobox pattern has it; `pick` gets the node chosen.
  const combo = (input, list, pick) => {
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
      if (at >= 0) {
        input.setAttribute('aria-activedescendant', list.children[at].id);
        list.children[at].scrollIntoView({ block: 'nearest' });
      }
    };
    const choose = (i) => {
      close();
      input.value = '';
      pick(i);
    };
    const show = () => {
      shown = find(input.value);
      if (!input.value.trim()) {
        close();
        return;
      }
      list.replaceChildren(
        ...shown.map((i, k) => {
          const alias = met(i, input.value);
          return el(
            'li',
            {
              class: 'option',
              role: 'option',
              id: `${list.id}-${k}`,
              'aria-selected': 'false',
              onmousedown: (event) => {
                event.preventDefault();
                choose(i);
              },
            },
            Shapes.of(i),
            el(
              'span',
              { class: 'option-name', text: Words.name(i) },
              alias ? el('small', { text: ` · ${alias}` }) : null,
            ),
            el('span', { class: 'option-note', text: Words.kindName(i) }),
          );
        }),
      );
      if (!shown.length)
        list.replaceChildren(
          el('li', {
            class: 'option-none',
            role: 'option',
            'aria-disabled': 'true',
            'aria-selected': 'false',
            text: t('search.none'),
          }),
        );
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      if (shown.length) mark(0);
      else at = -1;
      Say(shown.length ? t('search.count', { n: shown.length }) : t('search.none'));
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
    return { close };
  };
  setTimeout(() => {
    if (!entries) build();
  }, 600);
  return { find, combo, fold };
})();

function Say(text) {
  const place = $('say');
  if (place.textContent !== text) place.textContent = text;
}
