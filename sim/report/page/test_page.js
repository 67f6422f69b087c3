// The page of tests: what failed, why and where, everything that was tested, and what no test made
// the scaling do.

const allTests = ({test}) => test.files.flatMap(
    ({file, tests}) => tests.map((one) => ({...one, file})));
const failuresOf = (one) => one.expectations.filter(({passed}) => !passed);

const counted = (count, one, many) => `${humaneCount(count)} ${count === 1 ? one : many}`;

// Whether less was exercised than --coverage-threshold asks for.
const isUncovered = ({coverage_share: share, least_coverage_share: least}) => share !== null
  && share < least;

function testVerdict(data) {
  const {test, unreadable} = data;
  const unread = unreadable.length > 0
    ? `, ${counted(unreadable.length, 'file cannot be read', 'files cannot be read')}` : '';
  const uncovered = isUncovered(data) ? `, the coverage of ${humaneShare(data.coverage_share)} is `
    + `less than ${humaneShare(data.least_coverage_share)}` : '';
  const hasFailed = test.failed > 0 || unreadable.length > 0 || isUncovered(data);
  return {state: hasFailed ? 'failed' : 'met',
          text: `${test.passed} passed, ${test.failed} failed${unread}${uncovered}`};
}

function testTiles(data) {
  const {test, unreadable} = data;
  const expectations = allTests(data).flatMap((one) => one.expectations);
  const {coverage} = test;
  return [
    {key: 'passed', label: 'tests passed', value: test.passed, text: humaneCount(test.passed)},
    {key: 'failed', label: 'tests failed', value: test.failed, text: humaneCount(test.failed),
     state: test.failed > 0 ? 'bad' : ''},
    {key: 'expectations', label: 'expectations', value: expectations.length,
     text: humaneCount(expectations.length)},
    {key: 'files', label: 'files', value: test.files.length, text: humaneCount(test.files.length),
     note: unreadable.length > 0 ? `${unreadable.length} more cannot be read` : null},
    {key: 'coverage', label: 'coverage', value: data.coverage_share,
     text: data.coverage_share === null ? '-' : humaneShare(data.coverage_share),
     state: isUncovered(data) ? 'bad' : '',
     note: coverage ? `${coverage.exercised} of ${coverage.total} exercised`
       : 'not asked for: --coverage'}];
}

const MOST_LINES_OF_CARD = 4;
function fewLines(lines, none) {
  const left = lines.length - MOST_LINES_OF_CARD;
  if (lines.length === 0) return [none];
  return left > 0 ? [...lines.slice(0, MOST_LINES_OF_CARD), `${left} more below`] : lines;
}

function testCards(data) {
  const failed = allTests(data).filter(({passed}) => !passed);
  const wrong = failed.flatMap(failuresOf);
  const {coverage} = data.test;
  const never = coverage ? coverage.files.flatMap(({file, items}) => items
      .filter(({exercised}) => !exercised).map(({what}) => `${what} (${file})`)) : [];
  return answerCards([
    {question: 'What failed?', lines: fewLines([...failed.map(({name}) => name),
                                                ...data.unreadable.map(({file}) => file)],
                                               'Nothing.')},
    {question: 'Why?', lines: fewLines([
      ...wrong.map(({that, actual}) => `${that}: ${actual}`),
      ...data.unreadable.map(({problem}) => problem.split('\n')[0])], 'All was as expected.')},
    {question: 'Where?', lines: fewLines(wrong.map(({file, line}) => `${file}:${line}`),
                                         'Nowhere.')},
    {question: 'What is not covered?', lines: fewLines(
        never, !coverage ? 'Not asked for: --coverage tells.'
          : coverage.total > 0 ? 'All is exercised.' : 'There is nothing that scales.')}]);
}

const TEST_PARTS = [{label: 'passed', colour: 'busy'},
                    {label: 'failed', colour: 'bad', isStriped: true}];

function filesSection({test}) {
  const rows = test.files.map(({file, tests}) => {
    const failed = tests.filter(({passed}) => !passed).length;
    return {label: file, parts: [tests.length - failed, failed], total: tests.length};
  });
  if (rows.length === 0) return null;
  return section('files', 'File by file', 'Tests of each file.',
                 partsBars('Tests of each file', TEST_PARTS, rows, humaneCount));
}

function failure(one) {
  return el('article', {class: 'failure'},
            el('h3', {}, '✗ ', one.name, el('small', {}, `${one.file}:${one.line}`)),
            failuresOf(one).map((checked) => el(
                'div', {class: 'panel'},
                el('p', {}, el('code', {}, checked.that),
                   ` at ${checked.file}:${checked.line}`),
                el('p', {}, 'expected ', el('strong', {}, checked.expected), ', actual ',
                   el('strong', {class: 'bad'}, checked.actual)),
                checked.because ? el('p', {}, `because ${checked.because}`) : null,
                checked.reasons.map((reason) => el('p', {class: 'note'}, reason)))));
}

function failuresSection(data) {
  const failed = allTests(data).filter(({passed}) => !passed);
  const unread = data.unreadable.map(({file, problem}) => el(
      'article', {class: 'failure'}, el('h3', {}, '✗ ', file),
      el('pre', {tabindex: '0', 'aria-label': `problems of ${file}`}, problem)));
  if (failed.length + unread.length === 0) return null;
  return section('failures', 'What failed', null, failed.map(failure), unread);
}

function testsSection(data) {
  const tests = allTests(data);
  const body = el('div', {});
  const count = el('output', {for: 'test-filter failed-only', 'aria-live': 'polite'});
  const search = el('input', {type: 'search', id: 'test-filter', oninput: () => fill(),
                              placeholder: 'name, file, alarm …'});
  const only = el('input', {type: 'checkbox', id: 'failed-only', onchange: () => fill()});
  const texts = tests.map((one) => [one.name, one.file, ...one.expectations.map(({that}) => that)]
      .join(' ').toLowerCase());
  const row = (one) => [
    el('span', {class: one.passed ? 'good' : 'bad'}, one.passed ? '✓ passed' : '✗ failed'),
    one.name, `${one.file}:${one.line}`, el('ul', {class: 'plain'}, one.expectations.map(
        ({that, passed, actual}) => el('li', {}, `${passed ? '✓' : '✗'} ${that}`,
                                       actual ? el('small', {}, ` ${actual}`) : null)))];
  const fill = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = tests.filter((one, index) => (!only.checked || !one.passed)
      && words.every((word) => texts[index].includes(word)));
    count.textContent = `${found.length} of ${tests.length}`;
    body.replaceChildren(table('Tests', [{title: 'verdict'}, {title: 'test'}, {title: 'place'},
                                         {title: 'expectations'}], found.map(row)));
  };
  fill();
  return section('tests', 'All tests', null,
                 el('div', {class: 'filters'}, el('label', {for: 'test-filter'}, 'filter'), search,
                    only, el('label', {for: 'failed-only'}, 'only what failed'), count), body);
}

function coverageSection({test}) {
  const {coverage} = test;
  if (!coverage) return null;
  const files = coverage.files.filter(({total}) => total > 0);
  const rows = files.flatMap(({file, items}) => items.map(({what, exercised}) => [
    el('span', {class: exercised ? 'good' : 'bad'}, exercised ? '✓' : '✗ never'), what, file]));
  return section('coverage', 'What the tests made the scaling do',
                 `${coverage.exercised} of ${coverage.total} exercised.`,
                 table('Coverage', [{title: 'exercised'}, {title: 'what'}, {title: 'file'}], rows));
}

pages.test = (data) => ({
  boards: [],
  content: [
    pageHeader({title: 'Tests', kind: 'test', verdict: testVerdict(data), tiles: testTiles(data),
                facts: [`headroom ${data.version}`]}),
    testCards(data), failuresSection(data), filesSection(data), testsSection(data),
    coverageSection(data),
  ],
});
