// A page for the modules without a browser: the two blocks of data that they read, and nothing to draw on.

import { readFileSync } from 'node:fs';

const blocks = JSON.parse(readFileSync(process.env.SAMGRAF_PAGE_DATA, 'utf8'));
globalThis.document = /** @type {any} */ ({
  getElementById: (id) => ({ textContent: JSON.stringify(blocks[id]), clientWidth: 1000, ...blocks[id]?.packed }),
});
globalThis.window = /** @type {any} */ ({ addEventListener: () => {} });
globalThis.location = /** @type {any} */ ({ hash: '' });
globalThis.history = /** @type {any} */ ({ replaceState: () => {}, pushState: () => {} });

export const expected = blocks.expected;
export const load = async (name) => import(`../../../../graph/samgraf/publish/explorer/script/${name}.mjs`);
