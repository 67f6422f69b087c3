// Shows the harness pages that do what none should, and expects it to notice each.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {describe, test} from 'node:test';

import {axeViolations, canvasColours, hasInk, headingProblems, overflow, withPage, withReadyPage}
  from './browser.mjs';
import {scratch} from './program.mjs';

let count = 0;
function pageOf(body, head = '') {
  const file = path.join(scratch('harness'), `${count++}.html`);
  fs.writeFileSync(file, '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    + `<title>A page</title>${head}</head><body>${body}</body></html>`);
  return file;
}

const visit = (body, head) => withPage(pageOf(body, head), {}, async () => {});
const look = (body, use) => withPage(pageOf(body), {}, use);
const POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">';

describe('the harness', () => {
  test('lets a page that does nothing pass', () => visit('<h1>Quiet</h1>'));

  const faults = {
    'a console message': ['<script>console.log("hello")</script>', /console log: hello/],
    'a warning': ['<script>console.warn("careful")</script>', /console warning: careful/],
    'an error': ['<script>throw new Error("boom")</script>', /error: boom/],
    'a rejected promise': ['<script>Promise.reject(new Error("lost"))</script>', /error: lost/],
    'a dialog': ['<script>alert("look")</script>', /dialog: look/],
    'a request for an image': ['<img src="http://127.0.0.1:9/a.png">', /request: http:.*a\.png/],
    'a request by a script': ['<script>fetch("http://127.0.0.1:9/b").catch(() => 0)</script>',
                              /request: http:.*\/b/],
    'a request for another file': ['<script src="other.js"></script>', /request: file:.*other\.js/],
    'a new window': ['<script>window.open("about:blank")</script>', /a window opened/],
  };
  for (const [name, [body, words]] of Object.entries(faults)) {
    test(`notices ${name}`, () => assert.rejects(visit(body), words));
  }

  test('notices what comes long after the page was loaded', () => assert.rejects(
      withPage(pageOf('<button onclick="console.log(\'late\')">go</button>'), {},
               (page) => page.click('button')), /console log: late/));

  test('leaves the policy of a page in force', async () => {
    const body = '<h1>Hi</h1><script>document.title = "changed"</script>';
    await assert.rejects(visit(body, POLICY), /Content Security Policy/);
    await withPage(pageOf(body), {}, async (page) => assert.equal(await page.title(), 'changed'));
  });

  test('is not content with a page that is never ready', () => assert.rejects(
      withReadyPage(pageOf('<script>throw new Error("no data")</script>'), {patience: 300},
                    async () => {}), /never ready: error: no data/));
});

describe('what the tests ask of a page', () => {
  const draw = (commands) => '<canvas width="40" height="40"></canvas><script>'
    + `const c = document.querySelector("canvas").getContext("2d"); ${commands}</script>`;

  test('an empty canvas, one of one colour, one without size, and no canvas have no ink',
       async () => {
         const red = 'c.fillStyle = "#ff0000"; ';
         // The last script draws into the first canvas alone.
         for (const body of ['<p>none</p>', '<canvas></canvas>', '<canvas width="0"></canvas>',
                             draw(red + 'c.fillRect(0, 0, 40, 40)'),
                             '<canvas></canvas>' + draw(red + 'c.fillRect(0, 0, 9, 9)')]) {
           assert.equal(await look(body, (page) => hasInk(page, 'canvas')), false, body);
         }
       });

  test('a drawn canvas has ink, and its colours are told', () => look(
      draw('c.fillStyle = "#102030"; c.fillRect(0, 0, 10, 10)'), async (page) => {
        assert.equal(await hasInk(page, 'canvas'), true);
        assert.deepEqual(await canvasColours(page, 'canvas'), {'#102030': 100, none: 1500});
      }));

  test('axe finds an image without a text, and a text that is hard to read', async () => {
    const image = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
    const found = (body) => look(body, (page) => axeViolations(page));
    assert.deepEqual(await found('<main><h1>Fine</h1></main>'), []);
    assert.match((await found(`<main><h1>A</h1><img src="${image}"></main>`)).join(),
                 /critical image-alt/);
    assert.match((await found('<main><h1 style="color: #ccc">Pale words</h1></main>')).join(),
                 /serious color-contrast/);
  });

  test('headings that skip a level, come twice or not at all are found', async () => {
    const found = (body) => look(body, (page) => headingProblems(page));
    assert.deepEqual(await found('<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>'), []);
    assert.deepEqual(await found('<h1>A</h1><h3>C</h3>'), ['h3 after h1: C']);
    assert.deepEqual(await found('<h1>A</h1><h1>B</h1>'), ['a second h1: B']);
    assert.equal((await found('<p>text</p>')).length, 1);
  });

  test('a document that is wider than its window is found', async () => {
    const wide = (width) => look(`<div style="width: ${width}px">x</div>`, overflow);
    assert.equal(await wide(200), 0);
    assert.ok(await wide(3000) > 1000);
  });
});
