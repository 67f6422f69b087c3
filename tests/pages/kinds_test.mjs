// Looks at every kind of page in two widths and two colour schemes: what must hold of each.

import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';

import {axeViolations, canvasColours, hasInk, headingProblems, openDetails, overflow,
        withReadyPage} from './browser.mjs';
import {KINDS} from './kinds.mjs';
import {commandsWithPages, pageOf, scratch, slug} from './program.mjs';

const WINDOWS = [1440, 360].flatMap((width) => ['light', 'dark'].map(
    (colorScheme) => ({width, height: width === 360 ? 740 : 900, colorScheme})));

// With every table open axe looks at each cell, so it does that once, and where they are few.
const MOST_CELLS_FOR_AXE = 3000;

for (const row of KINDS) {
  for (const window of WINDOWS) {
    const {width, colorScheme} = window;
    test(`${row.kind}, ${row.name}, ${width} px, ${colorScheme}`, async () => {
      const {file} = pageOf(row);
      await withReadyPage(file, window, (page) => assertSound(page, row, window));
    });
  }
}

async function assertSound(page, row, {width, colorScheme}) {
  assert.equal(await overflow(page), 0, 'the document is as wide as the window');
  assert.deepEqual(await headingProblems(page), []);
  await assertCharts(page);
  assert.deepEqual(await axeViolations(page), []);
  const picture = `${slug(`${row.kind} ${row.name}`)}-${width}-${colorScheme}.png`;
  await page.screenshot({path: path.join(scratch('screenshots'), picture), fullPage: true});
  await assertTables(page);
  assert.equal(await overflow(page), 0, 'nor do the tables make it wider');
  const cells = await page.evaluate(() => document.querySelectorAll('td').length);
  if (cells <= MOST_CELLS_FOR_AXE && width > 1000 && colorScheme === 'light') {
    assert.deepEqual(await axeViolations(page), []);
  }
}

async function assertCharts(page) {
  const canvases = await page.locator('figure.chart canvas').count();
  if (canvases > 0) assert.ok(await hasInk(page, 'figure.chart canvas'), 'a canvas is empty');
  assert.deepEqual(await chartsWithoutData(page), [], 'charts with axes and nothing else');
  const charts = await page.evaluate(() => window.headroom.boards.flatMap(({charts}) => charts)
      .map(({figure}) => figure.isConnected));
  assert.equal(canvases, charts.length, 'as many canvases as charts');
  assert.ok(charts.every(Boolean), 'every chart is in the page');
  const nameless = await page.evaluate(() => [...document.querySelectorAll('figure.chart')].filter(
      (figure) => !figure.querySelector('[role=img][aria-label]:not([aria-label=""])')
        || !figure.querySelector('figcaption')?.textContent.trim()).map(({id}) => id));
  assert.deepEqual(nameless, [], 'every chart has a name and a text instead of the picture');
}

const OF_AXES = ['back', 'band', 'card', 'edge', 'focus', 'grid', 'ink', 'muted'];

// The charts without a pixel in a colour that stands for data.
async function chartsWithoutData(page) {
  const colours = await page.evaluate((except) => {
    const root = document.documentElement;
    const names = [...document.styleSheets].flatMap(({cssRules}) => [...cssRules])
        .filter(({selectorText}) => selectorText === ':root')
        .flatMap(({style}) => [...style]).filter((name) => name.startsWith('--'));
    return names.filter((name) => !except.includes(name.slice(2)))
        .map((name) => getComputedStyle(root).getPropertyValue(name).trim());
  }, OF_AXES);
  assert.ok(colours.length > 10);
  const ids = await page.$$eval('figure.chart:has(canvas)', (all) => all.map(({id}) => id));
  const isEmpty = async (id) => {
    const counts = await canvasColours(page, `#${id} canvas`);
    return !colours.some((colour) => counts[colour] > 0);
  };
  const empty = await Promise.all(ids.map(isEmpty));
  return ids.filter((id, index) => empty[index]);
}

// Opens everything that can be opened; each chart's table then has a row for each of its points.
async function assertTables(page) {
  await openDetails(page);
  const found = await page.evaluate(() => window.headroom.boards.flatMap(({charts}) => charts)
      .map(({figure, spec}) => ({
        id: figure.id, points: spec.x.length,
        rows: figure.querySelectorAll('details.data tbody tr').length})));
  assert.deepEqual(found.filter(({points, rows}) => points === 0 || points !== rows), []);
  const figures = await page.evaluate(() => document.querySelectorAll('figure.chart').length
    - document.querySelectorAll('figure.chart:has(details.data tbody tr)').length);
  assert.equal(figures, 0, 'every chart has a table');
}

test('every command that writes a page is in the table', () => {
  const kinds = new Set(KINDS.map(({kind}) => kind));
  assert.deepEqual([...kinds].sort(), commandsWithPages().sort());
});
