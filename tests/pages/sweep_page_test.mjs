// Uses the page of a sweep as a reader would: chooses points, axes and filters.

import assert from 'node:assert/strict';
import {describe, test} from 'node:test';

import {settled, withReadyPage} from './browser.mjs';
import {KINDS} from './kinds.mjs';
import {pageOf} from './program.mjs';

const row = (name) => KINDS.find((one) => one.kind === 'sweep' && one.name === name);
const use = (name, act) => {
  const {file, data} = pageOf(row(name));
  return withReadyPage(file, {}, (page) => act(page, data));
};

const heading = (page) => page.textContent('#point h3');
const instancesOf = (page) => page.evaluate(() => window.headroom.boards[0].charts
    .find(({figure}) => figure.id === 'chart-instances').spec.series[0].values);

describe('the page of a sweep', () => {
  test('shows the run of the dot that is chosen', () => use('one parameter', async (page, data) => {
    const dots = page.locator('#chart-pareto .dot');
    assert.equal(await dots.count(), data.sweep.points.length);
    for (const [index, changes] of data.changes.entries()) {
      await dots.nth(index).focus();
      await page.keyboard.press('Enter');
      await settled(page);
      assert.ok((await page.textContent('#point')).includes(changes[0] || 'as it is written'));
      assert.deepEqual(await instancesOf(page), data.runs[index].rows.in_service);
    }
  }));

  test('has spans to scale on its axis', () => use('spans', async (page) => {
    const circles = page.locator('#chart-along-cost svg circle');
    await circles.first().waitFor();
    const places = await circles.evaluateAll((all) => all.map(
        (circle) => Number(circle.getAttribute('cx'))).sort((a, b) => a - b));
    assert.ok(places.length >= 3);
    const [first, second, last] = [places[0], places[1], places[places.length - 1]];
    assert.ok(Math.abs((last - first) / (second - first) - 5) < 0.01, `${places}`);
  }));

  test('begins with the cheapest point that meets everything', () => use(
      'one parameter', async (page, data) => {
        const {cheapest, points} = data.sweep;
        const [value] = Object.values(points[cheapest].parameters);
        assert.ok((await heading(page)).includes(String(value)));
      }));

  test('has lines along each of several parameters', () => use(
      'two parameters', async (page, data) => {
        for (const name of Object.keys(data.sweep.points[0].parameters)) {
          await page.selectOption('#along-parameter', name);
          assert.match(await page.textContent('#chart-along-cost .note'),
                       new RegExp(name.replace(/[.[\]]/g, '\\$&')));
          await page.locator('#chart-along-cost svg circle').first().waitFor();
        }
      }));

  test('shows only the points that meet everything where asked to', () => use(
      'hostile', async (page, data) => {
        const rows = page.locator('#points tbody tr');
        assert.equal(await rows.count(), data.sweep.points.length);
        await page.check('#met-only');
        assert.equal(await rows.count(), data.texts.met.filter(Boolean).length);
      }));
});
