// Opens pages in Chromium as a reader would, and notes everything that a page should not do.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

// The modules lie in the build folder, where nothing beside this file would find them.
const require = createRequire(path.join(process.env.PAGES_MODULES, 'any.js'));
const {chromium} = require('playwright-core');
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
               '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PATIENCE_MS = 30000;  // A machine that does much at once is slow, and no test fails by it.

let browser = null;

export async function startBrowser() {
  browser = await chromium.launch({executablePath: process.env.PAGES_CHROMIUM, args: FLAGS,
                                   timeout: PATIENCE_MS});
  return browser.version();
}

export async function stopBrowser() {
  await browser?.close();
  browser = null;
}

// A page in a window of its own. `problems` grows by each console message, error, dialog, window
// and request but the one for the file; the page's own policy stays in force.
export async function openPage(file, {width = 1440, height = 900, colorScheme = 'light',
                                      patience = PATIENCE_MS} = {}) {
  const context = await browser.newContext({
    viewport: {width, height}, colorScheme, reducedMotion: 'reduce', bypassCSP: false});
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const problems = [];
  page.on('console', (message) => problems.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('crash', () => problems.push('the page crashed'));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('popup', (popup) => problems.push(`a window opened: ${popup.url()}`));
  page.on('download', (download) => problems.push(`a download began: ${download.url()}`));
  page.on('websocket', (socket) => problems.push(`request: ${socket.url()}`));
  context.on('request', (request) => {
    if (request.url() !== url) problems.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return {page, problems, close: () => context.close()};
}

// Opens the file, lets `use` look at it, and fails by whatever the page did that it should not.
export async function withPage(file, options, use) {
  const {page, problems, close} = await openPage(file, options);
  try {
    const result = await use(page, problems);
    await settled(page);
    assert.equal(problems.join('\n'), '', `${path.basename(file)}: ${problems.join('; ')}`);
    return result;
  } finally {
    await close();
  }
}

// Opens a page of headroom: as withPage, once it says that it is drawn.
export function withReadyPage(file, options, use) {
  return withPage(file, options, async (page, problems) => {
    await ready(page, problems);
    return use(page, problems);
  });
}

async function ready(page, problems) {
  try {
    await page.waitForFunction(() => window.headroom && window.headroom.ready);
  } catch (error) {
    throw new Error(`the page was never ready: ${problems.join('; ') || error.message}`);
  }
  await settled(page);
}

// Two frames later: what was asked for is drawn, and what it says has arrived here.
export async function settled(page) {
  await page.evaluate(() => new Promise(
      (done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
}

// Opens all details, which make their content only then.
export async function openDetails(page) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await page.waitForFunction(() => [...document.querySelectorAll('details')].every(
      (details) => details.childElementCount > 1));
  await settled(page);
}

// What axe finds that keeps people out: one text for each serious or critical violation.
export async function axeViolations(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const found = await window.axe.run(document, {resultTypes: ['violations']});
    return found.violations.map(({id, impact, help, nodes}) => ({
      id, impact, help, places: nodes.map(({html, target}) => `${target} ${html.slice(0, 160)}`)}));
  });
  return violations.filter(({impact}) => impact === 'serious' || impact === 'critical')
      .map(({id, impact, help, places}) => `${impact} ${id}: ${help}; ${places.length} places, `
        + `first ${places.slice(0, 3).join(' | ')}`);
}

// Reading a canvas itself more than once makes Chromium warn, so a copy is read.
const PIXELS = `window.pixelsOf = (canvas) => {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  if (copy.width === 0 || copy.height === 0) return new Uint8ClampedArray();
  const context = copy.getContext('2d', {willReadFrequently: true});
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, copy.width, copy.height).data;
}`;

// By colour ("#rrggbb", fully opaque pixels alone), how many pixels the canvases have of it. What
// is transparent counts as "none".
export async function canvasColours(page, selector) {
  await page.evaluate(PIXELS);
  return page.evaluate((wanted) => {
    const counts = {};
    for (const canvas of document.querySelectorAll(wanted)) {
      const data = window.pixelsOf(canvas);
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] !== 0 && data[at + 3] !== 255) continue;
        const colour = data[at + 3] === 0 ? 'none' : '#' + [0, 1, 2].map(
            (part) => data[at + part].toString(16).padStart(2, '0')).join('');
        counts[colour] = (counts[colour] || 0) + 1;
      }
    }
    return counts;
  }, selector);
}

// Whether every canvas that the selector finds, and there is one, shows more than one colour.
export async function hasInk(page, selector) {
  await page.evaluate(PIXELS);
  return page.evaluate((wanted) => {
    const canvases = [...document.querySelectorAll(wanted)];
    const isDrawn = (canvas) => {
      const pixels = new Uint32Array(window.pixelsOf(canvas).buffer);
      return pixels.some((pixel) => pixel !== pixels[0]);
    };
    return canvases.length > 0 && canvases.every(isDrawn);
  }, selector);
}

// What is wrong with the order of the visible headings: one h1, first, and none skips a level.
export async function headingProblems(page) {
  const headings = await page.evaluate(() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')]
      .filter((heading) => heading.checkVisibility())
      .map((heading) => ({level: Number(heading.tagName[1]), text: heading.textContent.trim()})));
  const found = [];
  if (headings[0]?.level !== 1) found.push(`the first heading is not h1: ${headings[0]?.text}`);
  headings.forEach(({level, text}, index) => {
    if (text === '') found.push(`an h${level} is empty`);
    if (index > 0 && level === 1) found.push(`a second h1: ${text}`);
    if (index > 0 && level > headings[index - 1].level + 1) {
      found.push(`h${level} after h${headings[index - 1].level}: ${text}`);
    }
  });
  return found;
}

// How many pixels the document is wider than its window.
export function overflow(page) {
  return page.evaluate(() => {
    const {scrollWidth, clientWidth} = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });
}
