// What only the page of a plan has: its numbers at the top, and the chart of one instance.

import assert from 'node:assert/strict';
import {test} from 'node:test';

import {withReadyPage} from './browser.mjs';
import {KINDS} from './kinds.mjs';
import {pageOf} from './program.mjs';

const PLANS = KINDS.filter(({kind, name}) => kind === 'plan' && name !== 'hostile');
const numberAt = (tree, path) => path.split('.').reduce((inner, key) => inner[key], tree);

for (const row of PLANS) {
  test(`tiles and verdict of a plan: ${row.name}`, async () => {
    const {file, result} = pageOf(row);
    await withReadyPage(file, {}, async (page) => {
      const tiles = await page.$$eval('.tile', (all) => all.map(({dataset}) => (
        [dataset.key, JSON.parse(dataset.value)])));
      assert.deepEqual(tiles.map(([key]) => key), [
        'target.invocations_per_instance', 'min_capacity', 'max_capacity', 'target.cpu_percent',
        'target.saturated_invocations']);
      for (const [key, value] of tiles) assert.equal(value, numberAt(result, key), key);
      const isMet = await page.$eval('.verdict', ({classList}) => classList.contains('met'));
      assert.equal(isMet, result.evaluation.passed);
      const verdict = await page.textContent('.verdict strong');
      for (const reason of result.evaluation.shortcomings) assert.ok(verdict.includes(reason));
      assert.deepEqual(await page.$$eval('#derivation .sentences li', (all) => all.map(
          ({textContent}) => textContent)), result.derivation);
    });
  });

  test(`the chart of one instance has all that was measured: ${row.name}`, async () => {
    const {file, result} = pageOf(row);
    for (const width of [1440, 360]) {
      await withReadyPage(file, {width, height: 800}, async (page) => {
        const {points, lines, box} = await page.$eval('#chart-benchmark', (figure) => {
          const bounds = (element) => {
            const {left, right, top, bottom} = element.getBoundingClientRect();
            return {left, right, top, bottom};
          };
          return {box: bounds(figure.querySelector('.plot svg')),
                  points: [...figure.querySelectorAll('.plot path:has(title)')].map(bounds),
                  lines: [...figure.querySelectorAll('.plot .label')].map((label) => (
                    {...bounds(label), text: label.textContent}))};
        });
        const {rows} = result.benchmark;
        assert.equal(points.length, 3 * rows.length, 'p50, p99 and CPU of each number of users');
        for (const one of [...points, ...lines]) {
          assert.ok(one.left >= box.left && one.right <= box.right && one.top >= box.top
            && one.bottom <= box.bottom, `${JSON.stringify(one)} is outside of the picture`);
        }
        const told = lines.map(({text}) => text).join('; ');
        assert.match(told, /TargetValue .*; saturated at|CPU target .*TargetValue/);
        // Of a percentile the more invocations the further right; of latencies the longer the
        // further up.
        const p99 = points.slice(0, rows.length);
        rows.forEach((one, index) => {
          if (index === 0) return;
          const before = rows[index - 1];
          assert.equal(Math.sign(Math.round(1e3 * (p99[index].left - p99[index - 1].left))) >= 0,
                       one.invocations_per_minute >= before.invocations_per_minute);
          assert.equal(p99[index].top <= p99[index - 1].top + 1e-3,
                       one.latency.p99 >= before.latency.p99);
        });
      });
    }
  });
}

test('a file of the plan is copied as --out writes it', async () => {
  const {file, data} = pageOf(PLANS[0]);
  await withReadyPage(file, {}, async (page) => {
    for (const {file: name, text} of [...data.texts.calls, data.texts.script]) {
      const details = page.locator('#deploy details', {hasText: name}).first();
      await details.locator('summary').click();
      assert.equal(await details.locator('pre').textContent(), text);
      await details.locator('button').click();
      assert.equal(await page.evaluate(() => String(getSelection()).trim()), text.trim());
    }
  });
});
