// Every actor on every day, without a browser: what the views say is what the table says, and nothing else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expected, load } from './page.mjs';

const State = await load('state');
const Filters = await load('filters');
const Table = await load('table');
const Matrix = await load('matrix');
const Lead = await load('lead');
const Sheets = await load('sheets');
const Time = await load('time');
const { periods, nodes, raw, index } = await load('data');
const days = [null, ...Object.keys(expected.things[Object.keys(expected.things)[0]]).filter((day) => day)];
const actors = Object.keys(expected.things);
const at = (actor, day, more = {}) => {
  State.read('');
  State.change({
    focus: [index.get(actor)],
    day: day ? Time.dayOf(day) : null,
    view: 'matrix',
    everybody: true,
    beside: true,
    ...more,
  });
  Filters.refresh();
  return Matrix.model();
};
const ids = (list) => list.map((i) => nodes.id[i]).sort();

test('every actor on every day: the rows are those of the model, none dropped and none outside its time', () => {
  for (const actor of actors)
    for (const day of days) {
      const made = at(actor, day);
      const shown = ids([...new Set(Matrix.allRows(made).map((row) => row.thing))]);
      assert.deepEqual(shown, expected.things[actor][day ?? ''], `${actor} ${day}`);
      if (day === null) continue;
      for (const row of Matrix.allRows(made))
        for (const r of row.cells.get(index.get(actor)) || [])
          assert.ok(['held', 'last-attested'].includes(Time.state(raw.table.period[r], Time.dayOf(day))));
    }
});

test('a thing folded away is named, so that rows and what everybody is in are all there is', () => {
  for (const actor of actors) {
    const made = at(actor, null, { everybody: false, beside: false });
    const shown = ids([
      ...new Set([...Matrix.allRows(made).map((row) => row.thing), ...made.everybody, ...made.besides]),
    ]);
    assert.deepEqual(shown, expected.things[actor]['']);
  }
});

test('the headline counts the columns and the things that are there', () => {
  for (const actor of actors)
    for (const day of days) {
      const made = at(actor, day, { everybody: false });
      const partners = made.partners.filter((one) => one.shared.size);
      const drawn = made.open.everybody ? made.partners : partners;
      assert.equal(drawn.length, made.columns.filter((i) => nodes.id[i] !== actor).length, `${actor} ${day}`);
      if (!made.open.everybody) for (const one of partners) assert.equal(made.counts.get(one.actor), one.shared.size);
      assert.equal(made.sum.count + made.sum.rest, made.things.length, `${actor} ${day}`);
      if (partners.length && made.things.length) assert.ok(Lead.headline(made).includes(String(partners.length)));
    }
});

test('partners are those of the model', () => {
  for (const actor of actors) {
    at(actor, null);
    const found = Object.fromEntries(
      Table.partners(index.get(actor))
        .filter((one) => one.shared.size)
        .map((one) => [nodes.id[one.actor], one.shared.size]),
    );
    assert.deepEqual(found, expected.partners[actor], actor);
  }
});

test('nobody is in anything before anything began', () => {
  for (const actor of actors) assert.equal(at(actor, '1950-01-01').things.length, 0, actor);
});

test('the spreadsheet has every row of the view', () => {
  for (const actor of actors.slice(0, 20)) {
    at(actor, null, { everybody: false, beside: false });
    const made = Matrix.model({ whole: true });
    const rows = Matrix.allRows(made).flatMap((row) => [...row.cells.values()].flat());
    assert.equal(Sheets.rows().length - 1, rows.length + Matrix.allRows(made).filter((row) => !row.cells.size).length);
  }
});

test('the view of everything has each thing once', () => {
  State.read('#f=-');
  Filters.refresh();
  const shown = Matrix.allRows(Matrix.model()).map((row) => row.thing);
  assert.equal(new Set(shown).size, shown.length);
  for (const i of expected.initiatives) assert.ok(shown.includes(index.get(i)), i);
});

test('a state is read off the three days of a period', () => {
  for (const [begins, sure, ends] of periods.slice(0, 50).map((one) => one)) {
    if (begins !== null && ends !== null) assert.ok(begins <= ends);
    if (sure !== null && ends !== null) assert.ok(sure <= ends);
  }
});
