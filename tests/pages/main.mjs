// Runs all tests of the pages in this one process, with one browser.

import {after, before} from 'node:test';

import {startBrowser, stopBrowser} from './browser.mjs';

before(async () => console.log(`# Chromium ${await startBrowser()}, Node.js ${process.version}`));
after(stopBrowser);

await import('./harness_test.mjs');
await import('./kinds_test.mjs');
await import('./hostile_test.mjs');
await import('./run_numbers_test.mjs');
await import('./run_page_test.mjs');
await import('./sweep_page_test.mjs');
await import('./plan_page_test.mjs');
