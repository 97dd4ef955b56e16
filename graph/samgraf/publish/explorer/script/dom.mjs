// The small tools that make elements. Text enters the page by textContent alone.

/** @param {string} id @returns {any} */
export const $ = (id) => document.getElementById(id);

/** @param {string} tag @param {Record<string, any>} options @param {any[]} children @returns {any} */
export function el(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'text') made.textContent = value;
    else if (key === 'class') made.className = value;
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked' || key === 'open') made[key] = value;
    else made.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat(2))
    if (child !== null && child !== undefined && child !== false) made.append(child);
  return made;
}

/** @param {string} tag @param {Record<string, any>} attributes @param {any[]} children @returns {any} */
export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const button = (text, onclick, options = {}) => el('button', { type: 'button', text, onclick, ...options });
export const hidden = (text) => el('span', { class: 'hidden', text });
