// Has headroom write the pages, and remembers what it printed beside them.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const OWN = path.join(path.dirname(fileURLToPath(import.meta.url)), 'scenarios');

// A folder below the build folder for what a test writes.
export function scratch(name) {
  const folder = path.join(process.env.PAGES_OUTPUT, name);
  fs.mkdirSync(folder, {recursive: true});
  return folder;
}

const written = new Map();

// The page of `headroom KIND ARGS... -o json --html PAGE` as {file, data, result}: where it is, the
// data that it holds, and the JSON that was printed. Each is made once. A page names the files that
// it is of, so relative names are tried below scenarios/ of the tree, then beside these tests.
export function pageOf({kind, name, args, code = 0}) {
  const key = JSON.stringify([kind, args]);
  if (!written.has(key)) written.set(key, writePage(kind, name, args, code));
  return written.get(key);
}

function writePage(kind, name, args, code) {
  const file = path.join(scratch('pages'), `${slug(`${kind} ${name}`)}.html`);
  fs.rmSync(file, {force: true});
  const command = [kind, ...args.map(located), '-o', 'json', '--html', file];
  const {status, stdout, stderr, error} = spawnSync(process.env.PAGES_PROGRAM, command, {
    cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 30});
  assert.equal(error, undefined);
  assert.equal(status, code, `headroom ${command.join(' ')}\n${stderr}`);
  return {file, data: dataOf(file), result: JSON.parse(stdout)};
}

// The commands that say that they have the option.
export function commandsWithPages() {
  const help = (...command) => spawnSync(process.env.PAGES_PROGRAM, [...command, '--help'],
                                         {encoding: 'utf8'}).stdout;
  const [, commands] = help().split('\nCommands:\n');
  const names = commands.split('\n\n')[0].split('\n').map((line) => line.trim().split(/\s/)[0]);
  return names.filter(Boolean).filter((name) => /^ +--html\b/m.test(help(name)));
}

function located(argument) {
  if (!/\.(ya?ml|json|csv)$/.test(argument) || path.isAbsolute(argument)) return argument;
  const place = [path.join(ROOT, 'scenarios', argument), path.join(OWN, argument)].find(
      (candidate) => fs.existsSync(candidate));
  assert.ok(place, `there is no ${argument}`);
  return path.relative(ROOT, place);
}

export function slug(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function dataOf(file) {
  const found = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(
      fs.readFileSync(file, 'utf8'));
  assert.ok(found, `${file} holds no data`);
  return JSON.parse(found[1]);
}
