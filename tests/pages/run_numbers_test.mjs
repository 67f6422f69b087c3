// Compares the numbers that the page of a run shows with those of `-o json`.

import assert from 'node:assert/strict';
import {describe, test} from 'node:test';

import {withReadyPage} from './browser.mjs';
import {tells} from './humane.mjs';
import {KINDS} from './kinds.mjs';
import {pageOf} from './program.mjs';

const valueAt = (tree, path) => path.split('.').reduce(
    (inner, key) => (inner === null || inner === undefined ? undefined : inner[key]), tree);

// The texts of a table's cells, row by row.
const cellsOf = (page, selector) => page.$$eval(`${selector} tbody tr`, (rows) => rows.map(
    (row) => [...row.cells].map((cell) => cell.textContent)));

test('numbers for people are read to the last digit that is written', () => {
  for (const [text, right, wrong] of [
    ['89.3 ms', 0.0893104, 0.08936], ['7m24s', 443.95, 443.4], ['48,825', 48825, 48826],
    ['0 %', 0, 0.01], ['3 s', 3.004, 3.006], ['$0.73', 0.725051, 0.7351], ['-', null, 1],
    ['6.6 % ± 0.12 %', 0.06604, 0.0661], ['$0.0017', 0.0017, 0.001706],
  ]) {
    assert.ok(tells(text, right), `${text} is ${right}`);
    assert.ok(text === '-' || !tells(text, wrong), `${text} is not ${wrong}`);
  }
  assert.throws(() => tells('many', 3), /not a number/);
});

describe('the page of a run', () => {
  for (const row of KINDS.filter(({kind}) => kind === 'run')) {
    test(`shows the numbers of the JSON: ${row.name}`, async () => {
      const {file, result} = pageOf(row);
      await withReadyPage(file, {}, async (page) => {
        await assertTiles(page, result);
        await assertExpectations(page, result);
        await assertPhases(page, result);
        await assertChart(page, result);
      });
    });
  }
});

async function assertTiles(page, result) {
  const tiles = await page.$$eval('.tile', (all) => all.map((tile) => ({
    key: tile.dataset.key, value: tile.dataset.value,
    text: tile.querySelector('dd').textContent})));
  assert.ok(tiles.length >= 4);
  for (const {key, value, text} of tiles) {
    const expected = valueAt(result.summary, key) ?? null;
    assert.equal(JSON.parse(value ?? 'null'), expected, key);
    assert.ok(tells(text, expected), `${key}: "${text}" is not ${expected}`);
  }
}

async function assertExpectations(page, result) {
  const shown = await cellsOf(page, '#expectations');
  assert.equal(shown.length, result.expectations.length);
  const failed = result.expectations.filter(({passed}) => !passed).length;
  const verdict = await page.textContent('header .verdict');
  assert.equal(verdict.includes('failed'), failed > 0, verdict);
  result.expectations.forEach(({that, because = '', passed, actual, fails}, index) => {
    const [mark, text, found, why] = shown[index];
    assert.equal(mark, passed ? '✓' : '✗', that);
    assert.ok(text.startsWith(fails ? `not ${that}` : that), `${text} against ${that}`);
    assert.ok(why.endsWith(because.replaceAll('\u202e', '[U+202E]')), why);
    if (typeof actual === 'number') {
      assert.ok(tells(found, actual), `${that}: "${found}" is not ${actual}`);
    } else {
      assert.equal(found, actual ?? '-', that);
    }
  });
}

async function assertPhases(page, result) {
  const shown = await cellsOf(page, '#phases');
  assert.equal(shown.length, result.phases.length);
  result.phases.forEach((phase, index) => {
    const [, , from, to, requests, errors, p50, p99, instances] = shown[index];
    const {min, max} = phase.instances;
    for (const [text, number] of [
      [from, phase.from_s], [to, phase.to_s], [requests, Math.round(phase.requests.total)],
      [errors, phase.errors.rate], [p50, phase.latency.p50], [p99, phase.latency.p99]]) {
      assert.ok(tells(text, number), `${phase.name}: "${text}" is not ${number}`);
    }
    assert.equal(instances, min === max ? `${max}` : `${min} to ${max}`);
  });
}

// The first chart's table has a row for each minute of the time series.
async function assertChart(page, result) {
  await page.click('#chart-load details.data summary');
  await page.waitForSelector('#chart-load tbody tr');
  const rows = await cellsOf(page, '#chart-load');
  const {start_s: starts, offered_rate: loads, capacity_rate: capacities} = result.timeseries;
  assert.equal(rows.length, starts.length);
  rows.forEach(([at, load, capacity], index) => {
    assert.ok(tells(at, starts[index]), `${at} is not ${starts[index]}`);
    for (const [text, number] of [[load, loads[index]], [capacity, capacities[index]]]) {
      assert.ok(tells(text, number), `at ${at}: "${text}" is not ${number}`);
    }
  });
}
