// Shows that names which look like HTML, or which would be read backwards, stay text.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';

import {openDetails, openPage, settled, withReadyPage} from './browser.mjs';
import {KINDS} from './kinds.mjs';
import {pageOf} from './program.mjs';

const IMAGE = '<img src=x onerror=window.pwned=1>';

// Everything that can be opened, chosen and pointed at.
async function useEverything(page) {
  await openDetails(page);
  await page.evaluate(() => document.querySelectorAll('button').forEach((one) => one.click()));
  for (const select of await page.$$('select')) {
    const options = await select.$$('option');
    for (let index = 0; index < options.length; ++index) await select.selectOption({index});
    await select.selectOption({index: 0});
  }
  for (const over of await page.$$('.u-over')) await over.hover({force: true});
  await settled(page);
}

async function assertOnlyText(page) {
  const found = await page.evaluate(() => ({
    pwned: window.pwned, elements: document.querySelectorAll(
        'img, b, iframe, object, embed, link, base, form, a[href^="javascript:"]').length,
    scripts: document.querySelectorAll('script').length,
    handlers: [...document.querySelectorAll('*')].filter((element) => [...element.attributes].some(
        ({name}) => name.startsWith('on'))).length,
    comments: document.createTreeWalker(document, NodeFilter.SHOW_COMMENT).nextNode() !== null}));
  assert.deepEqual(found, {pwned: undefined, elements: 0, scripts: 3, handlers: 0,
                           comments: false});
}

for (const row of KINDS.filter(({name}) => name === 'hostile')) {
  test(`hostile names run nothing: ${row.kind}`, async () => {
    const {file} = pageOf(row);
    await withReadyPage(file, {}, async (page) => {
      await assertOnlyText(page);
      await useEverything(page);
      await assertOnlyText(page);
      const text = await page.evaluate(() => document.body.innerText);
      const labels = await page.$$eval('[aria-label], [title]', (all) => all.flatMap(
          (element) => [element.getAttribute('aria-label'), element.title]).join('\n'));
      for (const shown of [text, labels]) {
        assert.doesNotMatch(shown, /[\u202a-\u202e\u2066-\u2069]/, 'nothing turns the direction');
      }
      assert.match(text, /\[U\+202E\]/);
      assert.ok(text.includes(IMAGE), 'the text of an element is there as text');
    });
  });
}

const RUN = KINDS.find(({kind, name}) => kind === 'run' && name === 'hostile');

test('hostile names of a run are shown as they are', async () => {
  const {file, data} = pageOf(RUN);
  await withReadyPage(file, {}, async (page) => {
    await useEverything(page);
    const end = '</script>';
    assert.equal(await page.textContent('h1'), `${end}${IMAGE} & [U+202E]evil[U+202C] 😀 'quoted' `
      + '"too" <!-- ]]>');
    assert.ok((await page.title()).includes(`${end}${IMAGE} & `));
    const told = async (selector, ...texts) => {
      const shown = (await page.locator(selector).allTextContents()).join('\n');
      for (const text of texts) assert.ok(shown.includes(text), `${selector} has no ${text}`);
    };
    await told('#phases tbody', `stream${end}${IMAGE}`, `early ${IMAGE} [U+202E]dne`,
               `${end}"' & <!-- ]]>`);
    await told('.toolbar select', `stream${end}${IMAGE}: early ${IMAGE} [U+202E]dne`);
    await told('#log tbody', `policy${end}${IMAGE}😀`, 'tracking <!-- [U+202E]gnikcart',
               `alarm${end}${IMAGE}'" & [U+202E]mrala`);
    await told('figure.chart figcaption', `metric${end}${IMAGE}`);
    await told('#expectations tbody', `${end}${IMAGE} & [U+202E]esuaceb`);
    await told('#origin', `--set description=${end}<img src=x>[U+202E]`);
    assert.equal(data.run.scenario.name.includes('\u202e'), true, 'the data keep it');
  });
});

test('the file itself holds no element of a hostile name', () => {
  const html = fs.readFileSync(pageOf(RUN).file, 'utf8');
  assert.equal(html.match(/<img/g), null);
  assert.equal(html.match(/<!--/g), null);
  assert.equal(html.match(/<\/script>/g).length, 3);
});

test('the policy of a page stops a script that is put into it', async () => {
  const {page, problems, close} = await openPage(pageOf(RUN).file);
  try {
    await page.waitForFunction(() => window.headroom && window.headroom.ready);
    const found = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = 1';
      document.body.append(script);
      document.body.append(new DOMParser().parseFromString(
          '<p onclick="window.injected = 2">x</p>', 'text/html').querySelector('p'));
      document.querySelector('body > p:last-child').click();
      return window.injected ?? null;
    });
    await settled(page);
    assert.equal(found, null);
    assert.match(problems.join(), /Content Security Policy/);
  } finally {
    await close();
  }
});
