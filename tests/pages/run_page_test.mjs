// Uses the page of a run as a reader would: mouse, keyboard, filters, colour schemes, paper.

import assert from 'node:assert/strict';
import path from 'node:path';
import {describe, test} from 'node:test';

import {canvasColours, settled, withReadyPage} from './browser.mjs';
import {KINDS} from './kinds.mjs';
import {pageOf, scratch} from './program.mjs';

const row = (name) => KINDS.find((one) => one.kind === 'run' && one.name === name);
const TRACKING = row('target tracking');
const use = (one, act, window = {}) => {
  const {file, data, result} = pageOf(one);
  return withReadyPage(file, window, (page) => act(page, data.run, result));
};

// The range of every chart: all are expected to have the same.
async function rangeOf(page) {
  await settled(page);
  const ranges = await page.evaluate(() => window.headroom.boards[0].charts.map(
      ({plot}) => [plot.scales.x.min, plot.scales.x.max]));
  assert.ok(ranges.length > 3);
  for (const range of ranges) assertNear(range, ranges[0], 1e-3);
  return ranges[0];
}

function assertNear(range, expected, slack) {
  for (const end of [0, 1]) {
    assert.ok(Math.abs(range[end] - expected[end]) <= slack, `${range}, expected ${expected}`);
  }
}

// Where the mouse is at a share of a chart's width.
async function placeIn(page, id, share) {
  const over = page.locator(`#chart-${id} .u-over`);
  await over.evaluate((element) => element.scrollIntoView({block: 'center'}));
  const box = await over.boundingBox();
  return {x: box.x + box.width * share, y: box.y + box.height / 2, width: box.width};
}

async function drag(page, id, from, to) {
  const begin = await placeIn(page, id, from);
  const end = await placeIn(page, id, to);
  await page.mouse.move(begin.x, begin.y);
  await page.mouse.down();
  await page.mouse.move((begin.x + end.x) / 2, begin.y, {steps: 4});
  await page.mouse.move(end.x, begin.y, {steps: 4});
  await page.mouse.up();
  return begin.width;
}

describe('the time range of a run', () => {
  test('is what was dragged across, in all charts', () => use(TRACKING, async (page, run) => {
    const {duration_s: end} = run.scenario;
    assertNear(await rangeOf(page), [0, end], 1e-6);
    const width = await drag(page, 'latency', 0.2, 0.6);
    assertNear(await rangeOf(page), [0.2 * end, 0.6 * end], 2 * end / width);
    assert.match(await page.textContent('.toolbar output'), /^\d+m\d*s? to \d+m/);
  }));

  test('is the whole run again after a double click', () => use(TRACKING, async (page, run) => {
    await drag(page, 'load', 0.5, 0.7);
    const {x, y} = await placeIn(page, 'cost', 0.5);
    assert.notDeepEqual(await rangeOf(page), [0, run.scenario.duration_s]);
    await page.mouse.dblclick(x, y);
    assertNear(await rangeOf(page), [0, run.scenario.duration_s], 1e-6);
  }));

  test('is that of the phase that is chosen', () => {
    const failing = row('failing');
    return use(failing, async (page, run) => {
      for (const [index, phase] of run.phases.entries()) {
        await page.selectOption('.toolbar select', {index: index + 1});
        assertNear(await rangeOf(page), [phase.from_s, phase.to_s], 1e-6);
        assert.ok((await page.textContent('.toolbar select option:checked')).includes(phase.name));
      }
    });
  });

  test('follows the keyboard', () => use(TRACKING, async (page, run) => {
    const {duration_s: end} = run.scenario;
    const reached = async () => page.evaluate(() => {
      const {activeElement: at} = document;
      return at.closest('.toolbar') ? at.getAttribute('aria-label') || at.textContent : null;
    });
    for (let steps = 0; await reached() === null; ++steps) {
      assert.ok(steps < 20, 'the toolbar is reached from the top of the page');
      await page.keyboard.press('Tab');
    }
    const seen = [];
    const press = {
      'Earlier': ['Space', [0, end]], 'Later': ['Enter', [0, end]],
      'Zoom in': ['Enter', [end / 4, 3 * end / 4]], 'Zoom out': ['Space', [0, end]],
    };
    for (let name = await reached(); name !== null; name = await reached()) {
      seen.push(name);
      if (press[name]) {
        await page.keyboard.press(press[name][0]);
        assertNear(await rangeOf(page), press[name][1], 1e-6);
      }
      await page.keyboard.press('Tab');
    }
    assert.deepEqual(seen, ['Earlier', 'Later', 'Zoom in', 'Zoom out', 'whole run',
                            'Go to a phase']);
    // Where there is room, earlier and later move by half of what is shown.
    await page.focus('button[aria-label="Zoom in"]');
    await page.keyboard.press('Enter');
    await page.focus('button[aria-label="Earlier"]');
    await page.keyboard.press('Enter');
    assertNear(await rangeOf(page), [0, end / 2], 1e-6);
    await page.focus('button[aria-label="Later"]');
    await page.keyboard.press('Enter');
    assertNear(await rangeOf(page), [end / 4, 3 * end / 4], 1e-6);
    await page.getByRole('button', {name: 'whole run'}).focus();
    await page.keyboard.press('Space');
    assertNear(await rangeOf(page), [0, end], 1e-6);
    await page.focus('.toolbar select');
    await page.keyboard.press('ArrowDown');
    assertNear(await rangeOf(page), [run.phases[0].from_s, run.phases[0].to_s], 1e-6);
  }));

  test('shows the values at the mouse in every chart', () => use(TRACKING, async (page, run) => {
    const {x, y} = await placeIn(page, 'load', 0.5);
    await page.mouse.move(x, y);
    await settled(page);
    const index = run.rows.start_s.findLastIndex((at) => at <= run.scenario.duration_s / 2);
    const told = await page.$$eval('#chart-instances .legend .value', (all) => all.map(
        ({textContent}) => textContent));
    const nearby = [index, index + 1].map((at) => [run.rows.in_service[at], run.rows.desired[at],
                                                   run.rows.starting[at]].join());
    assert.ok(nearby.includes(told.map(Number).join()), `${told} is neither ${nearby}`);
    assert.match(await page.textContent('#chart-latency .when'), /^at 3\dm/);
  }));
});

describe('decisions on the page of a run', () => {
  test('say their reason when their marker is chosen', () => use(TRACKING, async (page, run) => {
    const markers = page.locator('#chart-instances .marker:not([hidden])');
    const count = await markers.count();
    assert.ok(count >= 3, `${count} markers`);
    const reasons = run.decisions.map(({reason}) => reason);
    const seen = new Set();
    for (let at = 0; at < count; ++at) {
      await markers.nth(at).click();
      const label = await markers.nth(at).getAttribute('aria-label');
      assert.ok((await page.textContent('#decision h4')).endsWith(label), label);
      const told = await page.textContent('#decision p:nth-of-type(1)');
      const match = reasons.filter((reason) => told === reason || told.startsWith(`${reason} (`));
      assert.equal(match.length, 1, `"${told}" is the reason of one decision`);
      seen.add(match[0]);
      assert.equal(await page.locator('.marker.chosen').count(), 1);
    }
    assert.equal(seen.size, count);
    const change = run.decisions.find(({from, to}) => to > from);
    assert.ok(seen.has(change.reason), 'the first scale out has a marker');
  }));

  for (const name of ['target tracking', 'three variants']) {
    test(`have their markers on the desired capacity: ${name}`, () => use(
        row(name), async (page, run) => {
          const places = await page.$$eval('#chart-instances .marker.out:not([hidden])', (all) => {
            const {plot} = window.headroom.boards[0].charts.find(({spec}) => spec.place);
            const over = plot.over.getBoundingClientRect();
            return all.map((marker) => {
              const box = marker.getBoundingClientRect();
              return {at: plot.posToVal(box.x + box.width / 2 - over.x, 'x'),
                      level: plot.posToVal(box.y + box.height / 2 - over.y, 'y')};
            });
          });
          assert.ok(places.length > 2);
          for (const {at, level} of places) {
            const index = run.rows.start_s.findLastIndex((start) => start <= at + 1);
            const desired = run.rows.desired[index];
            assert.ok(Math.abs(level - desired) < 0.5, `${level} at ${at} s, expected ${desired}`);
          }
        }));
  }

  test('are chosen with the keyboard too', () => use(TRACKING, async (page, run) => {
    await page.locator('#chart-instances .marker.out:not([hidden])').first().focus();
    await page.keyboard.press('Enter');
    const {reason} = run.decisions.find(({from, to}) => to > from);
    assert.ok((await page.textContent('#decision')).includes(reason));
  }));

  test('are found by the filter of the log', () => use(TRACKING, async (page) => {
    const rows = () => page.$$eval('#log tbody tr', (all) => all.map(
        ({cells}) => [...cells].map(({textContent}) => textContent)));
    const all = await rows();
    const count = () => page.textContent('#log output');
    assert.equal(await count(), `${all.length} of ${all.length}`);
    const holds = (cells, word) => cells.join(' ').toLowerCase().includes(word);
    for (const words of ['cpu', 'MaxCapacity', 'cpu 14m', 'no such word']) {
      await page.fill('#log-filter', words);
      const expected = all.filter((cells) => words.toLowerCase().split(' ').every(
          (word) => holds(cells, word)));
      assert.deepEqual(await rows(), expected, words);
      assert.equal(await count(), `${expected.length} of ${all.length}`);
      assert.equal(expected.length > 0 && expected.length < all.length, words !== 'no such word');
    }
    await page.fill('#log-filter', '');
    await page.selectOption('#log-kind', 'change');
    const changes = await rows();
    assert.ok(changes.length > 0 && changes.length < all.length);
    assert.deepEqual(changes, all.filter(([, what]) => /^Scale (out|in) from/.test(what)));
  }));
});

// The style sheet's colour of the moment.
const colourOf = (page, name) => page.evaluate((property) => getComputedStyle(
    document.documentElement).getPropertyValue(property).trim(), `--${name}`);

describe('the pictures of a run', () => {
  test('have the colours of the scheme, also when it changes', () => use(
      TRACKING, async (page) => {
        const seen = [];
        for (const colorScheme of ['light', 'dark', 'light']) {
          await page.emulateMedia({colorScheme});
          await settled(page);
          const fill = await colourOf(page, 'load-fill');
          const counts = await canvasColours(page, '#chart-load canvas');
          assert.ok(counts[fill] > 1000, `${colorScheme}: ${counts[fill]} pixels of ${fill}`);
          seen.push({fill, colours: Object.keys(counts).sort().join()});
        }
        assert.notEqual(seen[0].fill, seen[1].fill);
        assert.notEqual(seen[0].colours, seen[1].colours);
        assert.equal(seen[0].colours, seen[2].colours);
      }));

  test('end each value where the next would be, also where none is', () => use(
      TRACKING, async (page, run, result) => {
        const {latency_p99: values} = result.timeseries;
        const silent = values.findIndex((value, index) => value === null && index > 0);
        assert.ok(silent > 0 && values[silent + 1] === null, 'the load ends before the run');
        const drawn = await page.evaluate(() => window.headroom.boards[0].charts.find(
            ({spec}) => spec.id === 'latency').plot.data[3]);
        assert.equal(drawn[silent], values[silent - 1]);
        assert.equal(drawn[silent + 1], null);
        // What is told there is still that there was nothing.
        const {x, y} = await placeIn(page, 'latency', (silent + 0.1) / values.length);
        await page.mouse.move(x, y);
        await settled(page);
        const told = await page.locator('#chart-latency .legend .value').allTextContents();
        assert.match(await page.textContent('#chart-latency .when'), new RegExp(`^at ${silent}m `));
        assert.deepEqual(told, ['', '', '']);
      }));

  test('keep to the width of the window when it changes', () => use(TRACKING, async (page) => {
    const drawn = () => canvasColours(page, '#chart-load canvas');
    const before = await drawn();
    const height = 900;
    for (const width of [700, 360, 1440]) {
      await page.setViewportSize({width, height});
      await page.waitForFunction(() => [...document.querySelectorAll('figure.chart')].every(
          (figure) => Math.abs(figure.querySelector('canvas').getBoundingClientRect().width
                               - figure.querySelector('.plot').clientWidth) <= 1));
      await settled(page);
      if (width === 360) {
        const narrow = await use(TRACKING, (other) => canvasColours(other, '#chart-load canvas'),
                                 {width, height});
        assert.deepEqual(await drawn(), narrow, 'the same as in a window that was narrow before');
      }
    }
    assert.deepEqual(await drawn(), before);
  }));

  test('show a shortfall as stripes', () => use(row('failing'), async (page) => {
    const counts = await canvasColours(page, '#chart-load canvas');
    assert.ok(counts[await colourOf(page, 'bad')] > 50);
    assert.ok(counts[await colourOf(page, 'bad-fill')] > 50);
  }));
});

describe('a run on paper', () => {
  test('has no toolbar, and light colours', () => use(TRACKING, async (page) => {
    assert.equal(await page.isVisible('.toolbar'), true);
    await page.emulateMedia({media: 'print', colorScheme: 'dark'});
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    for (const selector of ['.toolbar', '.filters', '#decision']) {
      assert.equal(await page.isVisible(selector), false, selector);
    }
    assert.equal(await colourOf(page, 'back'), '#ffffff');
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({media: 'screen', colorScheme: 'dark'});
    assert.notEqual(await colourOf(page, 'back'), '#ffffff');
  }));

  test('is a PDF of a few sheets', () => use(TRACKING, async (page) => {
    const file = path.join(scratch('screenshots'), 'run-target-tracking.pdf');
    const pdf = (await page.pdf({path: file, format: 'A4'})).toString('latin1');
    assert.ok(pdf.startsWith('%PDF-'));
    const sheets = pdf.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets >= 2 && sheets <= 12, `${sheets} sheets`);
  }));
});

test('a page of 24 hours is ready in a moment', async (context) => {
  const {file} = pageOf(row('24 hours'));
  await withReadyPage(file, {}, async (page) => {
    // Since the navigation began; what the harness itself waited for is in it.
    const ms = await page.evaluate(() => performance.now());
    context.diagnostic(`ready after ${Math.round(ms)} ms`);
    // No measure of speed: only what takes far too long, also on a machine that does much at once.
    assert.ok(ms < 10000, `${ms} ms`);
  });
});
