// Search that forgives: æ/ae/a, ø/oe/o, å/aa/a are one; aliases and abbreviations count; a slip of the pen too.

const Search = (() => {
  const fold = (text) =>
    text
      .toLowerCase()
      .replace(/æ/g, 'ae')
      .replace(/ø/g, 'oe')
      .replace(/å/g, 'aa')
      .replace(/ß/g, 'ss')
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/ae/g, 'a')
      .replace(/oe/g, 'o')
      .replace(/aa/g, 'a')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  let entries = null;
  const build = () => {
    entries = [];
    const { nodes } = Data;
    for (let i = 0; i < Data.size; i += 1) {
      const names = [nodes.da[i], nodes.en[i], ...(nodes.alias[i] || []), ...(nodes.short[i] || [])].filter(Boolean);
      const folded = [...new Set(names.map(fold))];
      entries.push({ i, names, folded, text: ` ${folded.join(' | ')} ` });
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
  const rank = (entry, query, words) => {
    let best = 0;
    entry.folded.forEach((name, n) => {
      const main = n === 0 ? 1 : 0;
      if (name === query) best = Math.max(best, 100 + main);
      else if (name.startsWith(`${query} `)) best = Math.max(best, 90 + main);
      else if (name.startsWith(query)) best = Math.max(best, 80 + main);
      else if (name.includes(` ${query}`)) best = Math.max(best, 70 + main);
    });
    if (best) return best;
    if (words.every((word) => entry.text.includes(` ${word}`))) return 60;
    return words.every((word) => entry.text.includes(word)) ? 40 : 0;
  };
  const find = (typed, limit = 12) => {
    if (!entries) build();
    const query = fold(typed);
    if (!query) return [];
    const words = query.split(' ');
    const found = [];
    for (const entry of entries) {
      const score = rank(entry, query, words);
      if (score) found.push([score + Math.min(9, Math.log2(1 + Data.degree[entry.i])), entry.i]);
    }
    if (found.length < 3 && query.length > 3) {
      const have = new Set(found.map(([, i]) => i));
      for (const entry of entries) {
        if (have.has(entry.i)) continue;
        const parts = entry.text.split(/[ |]+/);
        if (
          words.every((word) =>
            parts.some(
              (part) =>
                part.startsWith(word) ||
                (word.length > 3 && near(word, part.slice(0, word.length + 1))) ||
                (word.length > 3 && near(word, part)),
            ),
          )
        )
          found.push([20 + Math.min(9, Math.log2(1 + Data.degree[entry.i])), entry.i]);
      }
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
