// The page of a comparison: what a change of a scenario changes.

const VERDICTS = {
  worse: {mark: '✗', state: 'bad'}, better: {mark: '✓', state: 'good'},
  differs: {mark: '≠', state: ''}, cannot_tell: {mark: '?', state: ''},
  same: {mark: '=', state: ''},
  kept: {mark: '✓', state: 'good'}, broken: {mark: '✗', state: 'bad'},
};
const NAMES = ['base', 'candidate'];
// How many lines of a card there is room for.
const CARD_LINES = 5;

// The numbers of the comparison, each with its texts.
function comparedRows(data) {
  return data.comparison.rows.map((row, index) => ({...row, texts: data.texts.rows[index]}));
}

const marked = (verdict, words) => `${VERDICTS[verdict].mark} ${words}`;

// A value and its unit stay on one line.
const unbroken = (text) => text.replaceAll(' ', '\u00a0');

function changeOf({texts}) {
  return texts.interval ? `${texts.difference} (${texts.interval})` : texts.difference;
}

function compareTiles(data, rows) {
  return data.candidate.tiles.map(({key, label}) => {
    const row = rows.find(({metric}) => metric === key);
    if (!row) return {key, label, text: '-', note: 'not in both', value: null};
    const {texts} = row;
    const isSame = row.verdict === 'same';
    return {key, label, value: [row.base, row.candidate],
            state: `pair ${VERDICTS[row.verdict].state}`,
            text: isSame ? texts.base : `${unbroken(texts.base)} → ${unbroken(texts.candidate)}`,
            note: isSame ? marked(row.verdict, 'the same in all runs')
              : `${marked(row.verdict, texts.verdict)}: ${changeOf(row)}`};
  });
}

// "slowest reaction $BASE -> $CANDIDATE, worse: +2m (+1m to +3m)".
function changeLine(rows, metric, label) {
  const row = rows.find((one) => one.metric === metric);
  if (!row) return null;
  const {texts} = row;
  if (row.verdict === 'same') return `${label} ${texts.base} in both`;
  const share = texts.share ? `, ${texts.share}` : '';
  return `${label} ${texts.base} → ${texts.candidate}, ${texts.verdict}: ${changeOf(row)}${share}`;
}

// As many lines as there is room for.
function fitting(lines, more) {
  if (lines.length <= CARD_LINES) return lines;
  return [...lines.slice(0, CARD_LINES - 1), more(lines.length - CARD_LINES + 1)];
}

// The lines of both, once where they are the same.
function linesOfBoth(before, after) {
  const only = (lines, others, name) => lines.filter((line) => !others.includes(line))
      .map((line) => `${name}: ${line}`);
  const same = after.filter((line) => before.includes(line)).map((line) => `both: ${line}`);
  return [...only(before, after, NAMES[0]), ...only(after, before, NAMES[1]), ...same];
}

// What the slowest reaction was made of, as the mean of all runs.
function reactionParts(rows, side) {
  const parts = REACTION_PARTS.map(({label}) => [label, rows.find(
      ({metric}) => metric === `reaction.worst.${label}_s`)]).filter(([, row]) => row);
  return parts.map(([label, row]) => unbroken(`${label} ${row.texts[side]}`)).join(' + ');
}

function lateLines(data, rows) {
  const first = changeLine(rows, 'reaction.worst.total_s', 'slowest reaction');
  if (first === null) return linesOfBoth(howLate(data.base), howLate(data.candidate));
  const [before, after] = NAMES.map((side) => [reactionParts(rows, side)]);
  return [first, ...linesOfBoth(before, after)];
}

const shortened = (text) => (text.length > 110 ? `${text.slice(0, 108)} …` : text);

// What was changed, the words about it last; and what decides the verdict.
function whyLines(data) {
  const {comparison, texts} = data;
  const deciding = [
    ...comparison.limits.map((limit, index) => ({...limit, texts: texts.limits[index]}))
        .filter(({verdict}) => verdict !== 'kept')
        .map((limit) => `${limit.texts.verdict}: ${limit.limit}, found ${changeOf(limit)}`),
    ...texts.expectations.filter(({lost}) => lost).map(({text}) => `met no more: ${text}`)];
  const rank = (path) => (/^(name|description)$/.test(path) ? 2
    : Number(/^(expect|limits)/.test(path)));
  const changes = comparison.changes.map(({path}, index) => [rank(path), texts.changes[index]])
      .sort(([a], [b]) => a - b).map(([, text]) => shortened(text));
  if (changes.length === 0) changes.push('the scenarios say the same');
  return fitting([...changes.slice(0, 2), ...deciding, ...changes.slice(2)],
                 (count) => `${count} more below`);
}

function costLines(data, rows) {
  const lines = [changeLine(rows, 'cost.total', 'a run'),
                 changeLine(rows, 'cost.idle', 'idle'),
                 changeLine(rows, 'cost.per_million_succeeded', 'per million answered')];
  const told = lines.filter(Boolean);
  return told.length > 0 ? told : linesOfBoth(answerLines(data.base, 'COST'),
                                              answerLines(data.candidate, 'COST'));
}

function compareCards(data, rows) {
  return answerCards([
    {question: 'How late?', lines: lateLines(data, rows)},
    {question: 'Why?', lines: whyLines(data)},
    {question: 'What number?', lines: fitting(
        linesOfBoth(data.base.numbers, data.candidate.numbers), (count) => `${count} more below`)},
    {question: 'What cost?', lines: costLines(data, rows)}]);
}

// The interval of a difference, with zero in the middle: what leaves zero out is no chance.
function intervalPicture({difference, low, high}) {
  if (low === null || high === null || difference === null) return '';
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const place = (value) => 50 + 46 * value / reach;
  const part = (name, from, to) => {
    const element = el('span', {class: name});
    element.style.left = `${from}%`;
    if (to > from) element.style.width = `${to - from}%`;
    return element;
  };
  return el('div', {class: 'interval', 'aria-hidden': 'true'}, part('zero', 50),
            part('reach', place(low), place(high)), part('mean', place(difference)));
}

const verdictCell = (verdict, words) => el('span', {class: VERDICTS[verdict].state},
                                           marked(verdict, words));

const NUMBER_COLUMNS = [
  {title: 'verdict'}, {title: 'number'}, {title: 'base', numeric: true},
  {title: 'candidate', numeric: true}, {title: 'difference', numeric: true},
  {title: 'of base', numeric: true}, {title: '95 % interval', numeric: true},
  {title: 'around zero'}];

// What to show of the numbers, by their verdict.
const FILTERS = [
  ['only what differs', ['worse', 'better', 'differs']],
  ['what differs, or may', ['worse', 'better', 'differs', 'cannot_tell']],
  ['all numbers', ['worse', 'better', 'differs', 'cannot_tell', 'same']]];

function numbersSection(data, rows) {
  const order = Object.keys(VERDICTS);
  const sorted = [...rows].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const lines = sorted.map((row) => [
    verdictCell(row.verdict, row.texts.verdict), el('code', {}, row.metric), row.texts.base,
    row.texts.candidate, row.texts.difference, row.texts.share, row.texts.interval,
    intervalPicture(row)]);
  const host = table('All numbers of both', NUMBER_COLUMNS, lines);
  const found = el('output', {class: 'note', 'aria-live': 'polite'});
  const search = el('input', {type: 'search', placeholder: 'latency, cost …', 'aria-label':
    'Show numbers whose name has', oninput: () => show()});
  const choice = el('select', {'aria-label': 'Which numbers', onchange: () => show()},
                    FILTERS.map(([label]) => el('option', {}, label)));
  function show() {
    const verdicts = FILTERS[choice.selectedIndex][1];
    const isShown = ({verdict, metric}) => verdicts.includes(verdict)
      && metric.includes(search.value.trim().toLowerCase());
    [...host.querySelectorAll('tbody tr')].forEach((line, index) => {
      line.hidden = !isShown(sorted[index]);
    });
    found.textContent = `${sorted.filter(isShown).length} of ${sorted.length}`;
  }
  // Where nothing differs for sure, what may.
  choice.selectedIndex = Math.max(0, FILTERS.findIndex(
      ([, verdicts]) => rows.some(({verdict}) => verdicts.includes(verdict))));
  show();
  return section('numbers', 'All numbers', `Means over the runs. ${data.texts.counts}.`,
                 el('div', {class: 'filters'}, choice, search, found), host);
}

function limitsSection({comparison, texts}) {
  if (comparison.limits.length === 0) return null;
  const rows = comparison.limits.map((limit, index) => {
    const told = texts.limits[index];
    return [verdictCell(limit.verdict, told.verdict), limit.limit, told.allowed, told.difference,
            told.interval, limit.because || ''];
  });
  return section('limits', 'Limits', 'Of the difference, candidate less base.',
                 table('Limits of the difference', [{title: 'verdict'}, {title: 'limit'},
                                  {title: 'allowed', numeric: true},
                                  {title: 'difference', numeric: true},
                                  {title: '95 % interval', numeric: true}, {title: 'because'}],
                       rows));
}

function comparedExpectations({comparison, texts}) {
  if (comparison.expectations.length === 0) return null;
  const marks = {met: ['✓', 'good'], failed: ['✗', 'bad']};
  const mark = (word) => {
    const [sign, state] = marks[word] || ['?', null];
    return el('span', {class: state}, `${sign} ${word}`);
  };
  const rows = comparison.expectations.map((each, index) => {
    const {text, base, candidate, lost} = texts.expectations[index];
    return [text, mark(base), each.base_actual, mark(candidate), each.candidate_actual,
            lost ? el('span', {class: 'bad'}, 'lost') : ''];
  });
  return section('expectations', 'What was expected', 'What the candidate expects, of both.',
                 table('Expectations', [{title: 'expected'}, {title: 'base'},
                                        {title: 'found', numeric: true}, {title: 'candidate'},
                                        {title: 'found', numeric: true},
                                        {title: 'outcome'}], rows));
}

function changesSection({comparison}) {
  const {changes} = comparison;
  if (changes.length === 0) {
    return section('changes', 'What was changed', 'Nothing: the scenarios say the same.');
  }
  const kind = ({base, candidate}) => (base === null ? '+ added'
    : candidate === null ? '− removed' : '~ changed');
  const cell = (value) => (value === null ? '' : el('code', {}, value));
  return section('changes', 'What was changed', null,
                 table('Changes of the scenario',
                       [{title: 'change'}, {title: 'path'}, {title: 'base'}, {title: 'candidate'}],
                       changes.map((change) => [kind(change), el('code', {}, change.path),
                                                cell(change.base), cell(change.candidate)])));
}

// Why each run had as many instances as it had.
function whySections(runs, names) {
  const columns = [{title: 'at', numeric: true}, {title: 'in service', numeric: true},
                   {title: 'decided', numeric: true}, {title: 'why'}];
  const rowsOf = (run) => run.why.map((row) => [
    humaneTime(row.at_s), `${row.variant ? `${row.variant} ` : ''}${row.in_service}`,
    row.decided_at_s === null ? '' : humaneTime(row.decided_at_s), row.why]);
  return section('why', 'Why the capacity changed', 'In the runs of the charts.',
                 runs.map((run, index) => lazyDetails(
                     `${names[index]}: ${run.why.length} changes`, {},
                     () => table(`Changes of capacity, ${names[index]}`, columns, rowsOf(run)))));
}

// The slowest reaction of each as the mean of all runs.
function meanReactions(rows) {
  const of = (side, key) => {
    const row = rows.find(({metric}) => metric === `reaction.worst.${key}`);
    return row ? row[side] : null;
  };
  return NAMES.map((side) => ({label: `${side}, slowest`, total: of(side, 'total_s'),
                               parts: REACTION_KEYS.map((key) => of(side, key) || 0)}))
      .filter(({total}) => total !== null);
}

function compareFacts({texts, base, candidate}) {
  const [before, after] = [base, candidate].map(({scenario}) => humaneTime(scenario.duration_s));
  return [texts.runs, before === after ? null : `the candidate lasts ${after}`,
          texts.precision ? `precision: ${texts.precision}` : null,
          'charts of the first run of each',
          base.prices === candidate.prices ? `prices of ${base.prices}`
            : `prices of ${base.prices} → ${candidate.prices}`].filter(Boolean);
}

function placesOf(run) {
  return run.phases.map((phase) => ({label: `${phase.stream}: ${phase.name}`, from: phase.from_s,
                                     to: phase.to_s}));
}

// The base by its name, and the candidate by its own or by what makes it another.
function compareTitle({base, candidate}) {
  const isOneFile = candidate.startsWith(`${base} with `);
  return `${base} → ${isOneFile ? candidate.slice(base.length + 1) : candidate}`;
}

pages.compare = (data) => {
  const {comparison, texts, base, candidate} = data;
  const rows = comparedRows(data);
  const board = pairBoard(base, candidate);
  const figures = pairCharts(board, base, candidate, NAMES);
  return {
    boards: [board],
    content: [
      pageHeader({title: compareTitle(comparison), kind: 'compare',
                  verdict: {state: texts.state, text: texts.verdict},
                  tiles: compareTiles(data, rows), facts: compareFacts(data)}),
      compareCards(data, rows), board.toolbar(placesOf(candidate)),
      thinnedNote(candidate.rows) || thinnedNote(base.rows), ...figures,
      numbersSection(data, rows), limitsSection(data), comparedExpectations(data),
      changesSection(data), pairReactions(base, candidate, NAMES, meanReactions(rows)),
      whySections([base, candidate], NAMES), assumptionsSection(candidate.assumptions),
      originSection(data, compareFacts(data)),
    ],
  };
};
