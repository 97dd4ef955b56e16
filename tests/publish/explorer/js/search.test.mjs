import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './page.mjs';

const { find, findFacts } = await load('search');
const { offers } = await load('offers');
const { claims, nodes, relations } = await load('data');
const first = (typed) => nodes.da[find(typed)[0]];
const said = (typed) =>
  findFacts(typed).map((c) => [nodes.id[claims.s[c]], relations[claims.p[c]].name, nodes.id[claims.o[c]]]);

test('letters, abbreviations and slips of the pen are forgiven', () => {
  for (const typed of ['Århus', 'aarhus', 'arhus', 'AARHUS komm']) assert.equal(first(typed), 'Aarhus Kommune', typed);
  assert.equal(first('vibrog kommune'), 'Viborg Kommune');
});

test('nothing is found for nothing', () => {
  assert.deepEqual(find('  '), []);
  assert.deepEqual(find('xqzxqz'), []);
  assert.deepEqual(findFacts('xqzxqz'), []);
});

test('facts are found by role and by the words of both ends', () => {
  assert.ok(said('formand').length >= 3);
  for (const c of findFacts('formand')) assert.ok(claims.p[c] >= 0);
  assert.ok(said('viborg midtklyngen').some(([a, p, b]) => a === 'viborg' && p === 'memberOf' && b === 'midtklyngen'));
  assert.ok(said('hjerneskade').length > 0);
});

test('the box offers names, the views of the first name, and facts that name their relation', () => {
  const all = offers('viborg');
  assert.equal(nodes.id[all[0].node], 'viborg');
  assert.ok(all.some((one) => one.view === 'partners'));
  assert.ok(all.some((one) => one.claim !== undefined));
});

test('two names lead to what the two have in common, and to the path between them', () => {
  for (const typed of ['viborg skive', 'Viborg og Skive', 'region midtjylland århus']) {
    const found = offers(typed).filter((one) => one.two);
    assert.deepEqual(
      found.map((one) => one.view),
      ['matrix', 'path'],
      typed,
    );
  }
  assert.deepEqual(
    offers('viborg skive')[0].two.map((i) => nodes.id[i]),
    ['viborg', 'skive'],
  );
  assert.ok(!offers('viborg kommune').some((one) => one.two));
});
