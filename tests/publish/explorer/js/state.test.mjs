import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './page.mjs';

const State = await load('state');
const { index, kinds } = await load('data');
const viborg = index.get('viborg');

test('the address holds the state: what is written reads back the same', () => {
  const changes = {
    view: 'changes',
    focus: [viborg],
    selected: index.get('skive'),
    lang: 'en',
    proposed: false,
    derived: false,
    day: 18500,
    tab: 'filters',
    kinds: new Set([1, 2]),
    everybody: true,
    rows: 'name',
    columns: 'kind',
    series: 1,
    embed: true,
    theme: 'dark',
  };
  State.read('');
  State.change(changes);
  const hash = State.write();
  State.read(`#${hash}`);
  assert.equal(State.write(), hash);
  for (const [key, value] of Object.entries(changes)) assert.deepEqual(State.now[key], value, key);
  assert.ok(hash.includes('t=2020-08-26'));
  assert.ok(hash.includes(encodeURIComponent(kinds[1].name)));
});

test('a broken address shows the first view', () => {
  for (const bad of [
    '#v=nowhere&f=%E0%A4%A&t=x&c=1,2&s=nobody',
    '#x',
    `#${'y'.repeat(5000)}`,
    '#v=path&f=viborg',
    '#t=2020-99-99',
    '#__proto__=1',
  ]) {
    State.read(bad);
    assert.equal(State.now.view, 'matrix', bad);
    assert.equal(State.now.selected, -1);
    assert.equal(State.now.day, null);
  }
});

test('what differs from no filter is counted', () => {
  State.read('#i=0&m=0&t=2020-01-01');
  assert.equal(State.filterCount(), 3);
  State.change(State.noFilters());
  assert.equal(State.filterCount(), 0);
});
