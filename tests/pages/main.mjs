// Runs all tests of the pages in this one process, with one browser.

import {after, before} from 'node:test';

import {startBrowser, stopBrowser} from './browser.mjs';

before(async () => console.log(`# Chromium ${await startBrowser()}, Node.js ${process.version}`));
after(stopBrowser);

await import('./harness_test.mjs');
