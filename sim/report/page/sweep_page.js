// The page of a sweep: its numbers along a parameter, its points by what they cost and how they
// serve, and a run of the point that is chosen.

// What is shown along a parameter; of several keys the first that the points have.
const SWEPT = [
  {id: 'cost', title: 'Cost', keys: ['cost.total', 'instances.hours'], colour: 'capacity'},
  {id: 'latency', title: 'Latency', keys: ['latency.p99'], also: ['latency.p50'], colour: 'l3'},
  {id: 'errors', title: 'Failed requests', keys: ['errors.rate'], colour: 'bad'},
  {id: 'reaction', title: 'Slowest reaction', keys: ['reaction.worst.total_s'], colour: 'starting'},
];

function formatOf(key) {
  if (key.startsWith('latency.')) return humaneSeconds;
  if (key === 'errors.rate') return humaneShare;
  if (key.startsWith('cost.')) return humaneMoney;
  return key.endsWith('_s') ? humaneTime : humaneNumber;
}

const SPANS = {us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86400};
const UNITS = {'': 1, '%': 0.01, '/s': 1, '/min': 1 / 60, '/h': 1 / 3600, USD: 1, 'USD/h': 1};

// A value as a place on an axis: numbers with a unit and spans such as 2m30s, as scenarios write
// them; null: it is none of them.
function placeOf(value) {
  if (typeof value === 'number') return value;
  const text = String(value).trim();
  if (/^(\d+(\.\d+)?(us|ms|s|m|h|d))+$/.test(text)) {
    return [...text.matchAll(/([\d.]+)(us|ms|s|m|h|d)/g)].reduce(
        (sum, [, number, unit]) => sum + Number(number) * SPANS[unit], 0);
  }
  const found = /^(-?\d+(?:\.\d+)?)\s*(\D*)$/.exec(text);
  return found && found[2] in UNITS ? Number(found[1]) * UNITS[found[2]] : null;
}

// The values of one parameter as an axis: by size where all have one, else one after another.
class ParameterAxis {
  constructor(sweep, parameter) {
    this.texts = sweep.points.map(({parameters}) => (parameters[parameter] === null
      ? 'as written' : String(parameters[parameter])));
    const values = sweep.points.map(({parameters}) => parameters[parameter]);
    // Where the file has no such value the baseline has no place on a scale.
    const places = values.map((value) => (value === null ? NaN : placeOf(value)));
    const names = [...new Set(this.texts)];
    const isScale = places.every((place) => place !== null);
    this.places = isScale ? places : this.texts.map((text) => names.indexOf(text));
    this.ticks = [...new Map(this.texts.map((text, index) => [text, this.places[index]]))]
        .map(([text, at]) => ({text, at})).filter(({at}) => Number.isFinite(at))
        .sort((a, b) => a.at - b.at);
    this.label = parameter;
  }
}

const intervalAt = (point, key) => numberAt(point.intervals, key) || [null, null];
const valueAt = (point, key) => {
  const value = numberAt(point.summary, key);
  return value === undefined ? null : value;
};

// Of several parameters: points that agree in all others are one line.
function linesAlong(data, parameter, axis, key, look) {
  const {points} = data.sweep;
  const groups = new Map();
  points.forEach((point, index) => {
    const others = Object.entries(point.parameters).filter(([name]) => name !== parameter);
    const name = others.map(([path, value]) => `${shortName(data, path)} ${value}`).join(', ');
    groups.set(name, [...(groups.get(name) || []), index]);
  });
  const colours = [look, 'load', 'desired', 'c2', 'capacity', 'c5', 'c4'];
  return [...groups].slice(0, MOST_LINES).map(([name, indices], line) => {
    const sorted = [...indices].sort((a, b) => axis.places[a] - axis.places[b]);
    const of = (read) => sorted.map((index) => read(points[index]));
    return {label: name || (look === 'l1' ? key : ''), colour: colours[line % colours.length],
            dash: line >= colours.length || look === 'l1',
            xs: sorted.map((index) => axis.places[index]), ys: of((point) => valueAt(point, key)),
            lows: of((point) => intervalAt(point, key)[0]),
            highs: of((point) => intervalAt(point, key)[1])};
  });
}

const MOST_LINES = 7;  // more cannot be told apart

const shortName = (data, path) => data.texts.names[Object.keys(
    data.sweep.points[0].parameters).indexOf(path)] || path;

function lineChart(data, parameter, {id, title, keys, also, colour: look}) {
  const {points} = data.sweep;
  const key = keys.find((one) => points.some((point) => valueAt(point, one) !== null));
  if (!key) return null;
  const axis = new ParameterAxis(data.sweep, parameter);
  const format = formatOf(key);
  const isOne = Object.keys(points[0].parameters).length === 1;
  const second = isOne && also ? linesAlong(data, parameter, axis, also[0], 'l1') : [];
  const first = linesAlong(data, parameter, axis, key, look);
  if (second.length > 0) first[0].label = key;
  const values = points.map((point) => valueAt(point, key)).filter((value) => value !== null);
  const isTold = ([low, high]) => low !== null && high !== low;
  const told = (point) => (isTold(intervalAt(point, key))
    ? intervalAt(point, key).map(format).join(' to ') : '');
  return new PointChart({
    id: `along-${id}`, title, height: 240, x: axis, y: {format, isTime: key.endsWith('_s')},
    note: `${key} along ${parameter}`
      + (data.sweep.scenario.runs > 1 ? '; bars are the 95 % intervals of the means.' : '.'),
    summary: `${key} from ${format(Math.min(...values))} to ${format(Math.max(...values))} along `
      + `${parameter}.`,
    lines: [...first, ...second],
    columns: [{title: parameter}, {title: key, numeric: true}, {title: '95 %', numeric: true}],
    rows: points.map((point, index) => [axis.texts[index], values.length > 0
      && valueAt(point, key) !== null ? format(valueAt(point, key)) : '', told(point)]),
  }).figure;
}

function alongSection(data) {
  const parameters = Object.keys(data.sweep.points[0].parameters);
  const body = el('div', {class: 'along'});
  const fill = (parameter) => body.replaceChildren(
      ...SWEPT.map((one) => lineChart(data, parameter, one)).filter(Boolean));
  const choice = el('select', {id: 'along-parameter',
                               onchange: () => fill(parameters[choice.selectedIndex])},
                    parameters.map((name) => el('option', {}, name)));
  fill(parameters[0]);
  return section('along', 'Along the parameter', null,
                 parameters.length > 1 ? el('div', {class: 'filters'}, el(
                     'label', {for: 'along-parameter'}, 'parameter'), choice) : null, body);
}

// What stands out of the points, as a word each.
function marksOf({sweep}, index) {
  return [index === sweep.baseline ? 'as written' : null,
          index === sweep.cheapest ? 'cheapest' : null,
          index === sweep.knee ? 'knee' : null].filter(Boolean);
}

function pointName(data, index) {
  const {parameters} = data.sweep.points[index];
  const values = Object.entries(parameters).map(([path, value]) => `${shortName(data, path)} `
    + `${value === null ? 'as written' : value}`);
  return values.join(', ');
}

// Cost against how well a point serves: by failed requests where there are any, else by latency.
function scatterChart(data, choose) {
  const {sweep, texts} = data;
  const {points} = sweep;
  const errors = points.map((point) => valueAt(point, 'errors.rate') || 0);
  const key = sweep.knee_of || (new Set(errors).size > 1 ? 'errors.rate' : 'latency.p99');
  const [cost, format] = [texts.cost_key, formatOf(key)];
  const isKnown = (point) => valueAt(point, cost) !== null && valueAt(point, key) !== null;
  const shownPoints = points.map((point, index) => index).filter((index) => isKnown(points[index]));
  const dots = shownPoints.map((index) => {
    const marks = marksOf(data, index);
    const [x, y] = [valueAt(points[index], cost), valueAt(points[index], key)];
    return {x, y, label: marks.join(', '), isMet: texts.met[index], choose: () => choose(index),
            name: `${pointName(data, index)}: ${formatOf(cost)(x)}, ${key} ${format(y)}`
              + (marks.length > 0 ? ` (${marks.join(', ')})` : '')};
  });
  const front = sweep.pareto.map((index) => shownPoints.indexOf(index)).filter((at) => at >= 0)
      .sort((a, b) => dots[a].x - dots[b].x);
  return new PointChart({
    id: 'pareto', title: 'What money buys', height: 320, dots, join: front,
    note: 'Each dot is a point: choose it to see its run. The line joins the points that no other '
      + `beats in ${cost}, errors.rate and latency.p99.`,
    summary: `${dots.length} points by ${cost} and ${key}; ${front.length} of them on the Pareto `
      + 'front.',
    x: {label: cost, format: formatOf(cost)}, y: {format},
    keys: [[el('span', {class: 'dot-key met'}, '●'), 'meets everything'],
           [el('span', {class: 'dot-key unmet'}, '✕'), 'does not'],
           `across: ${cost}; up: ${key}`],
    columns: [{title: 'point'}, {title: cost, numeric: true}, {title: key, numeric: true},
              {title: 'stands out'}],
    rows: shownPoints.map((index, at) => [pointName(data, index), formatOf(cost)(dots[at].x),
                                          format(dots[at].y), dots[at].label]),
  }).figure;
}

// The run of one point, in place of the one before.
function showPoint(data, index, host) {
  const run = data.runs[index];
  const title = el('h3', {}, `The run of ${pointName(data, index)}`);
  const settings = data.changes[index].length === 0 ? el('p', {}, 'The file as it is written.')
    : el('p', {}, data.changes[index].map((change) => [el('code', {}, `--set ${change}`), ' ']));
  window.headroom.boards.length = 0;
  if (!run) {
    host.replaceChildren(title, settings, el('p', {class: 'note'}, 'Of so many points the page '
      + 'holds the runs of those that stand out.'));
    return;
  }
  const board = new ChartBoard(run.scenario.duration_s, run.scenario.start);
  const changes = run.why.slice(0, 12).map((row) => [
    `${row.in_service}`, humaneTime(row.at_s),
    row.decided_at_s === null ? '' : humaneTime(row.decided_at_s), row.why]);
  host.replaceChildren(
      title, settings, el('p', {class: `verdict small-verdict ${run.verdict.state}`},
                          `${MARKS[run.verdict.state]} ${run.verdict.text.replaceAll('`', '')}`),
      el('p', {}, [...run.tiles.map(({label, text}) => `${label} ${text}`),
                   ...run.numbers].join('; ')),
      board.toolbar([]), loadChart(board, run), instancesChart(board, run, {}),
      latencyChart(board, run),
      table('Changes of capacity', [{title: 'instances'}, {title: 'at'}, {title: 'decided at'},
                                    {title: 'why'}], changes));
  board.start();
}

function pointsSection(data) {
  const {texts} = data;
  const [header, ...rows] = texts.rows;
  const body = el('div', {});
  const only = el('input', {type: 'checkbox', id: 'met-only', onchange: () => fill()});
  const columns = header.map((title, index) => ({title: title || 'stands out',
                                                 numeric: index < header.length - 1}));
  const fill = () => body.replaceChildren(table('Points', columns, rows.filter(
      (row, index) => !only.checked || texts.met[index])));
  fill();
  return section('points', 'All points', null, texts.state === 'none' ? null : el(
      'div', {class: 'filters'}, only, el('label', {for: 'met-only'},
                                          'only those that meet everything')), body);
}

function sweepTiles(data) {
  const {sweep, texts} = data;
  const best = sweep.cheapest === null ? sweep.baseline : sweep.cheapest;
  const which = sweep.cheapest === null ? 'as written' : 'cheapest that meets all';
  const met = texts.met.filter(Boolean).length;
  const of = (key, label) => {
    const value = best === null ? null : valueAt(sweep.points[best], key);
    return {key, label, value, text: value === null ? '-' : formatOf(key)(value), note: which};
  };
  return [{key: 'points', label: 'points', value: sweep.points.length,
           text: humaneCount(sweep.points.length),
           note: texts.state === 'none' ? 'nothing is expected' : `${met} meet everything`},
          of(texts.cost_key, texts.cost_key === 'cost.total' ? 'cost' : 'instance-hours'),
          of('errors.rate', 'failed requests'), of('latency.p99', 'latency p99'),
          of('reaction.worst.total_s', 'slowest reaction')];
}

function rangeOf(data, key) {
  const values = data.sweep.points.map((point) => valueAt(point, key))
      .filter((one) => one !== null);
  if (values.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)].map(formatOf(key));
  return low === high ? low : `${low} to ${high}`;
}

function sweepCards(data) {
  const {sweep, texts, changes} = data;
  const lines = (label) => (texts.facts.find((fact) => fact.label === label) || {lines: []}).lines;
  const reaction = rangeOf(data, 'reaction.worst.total_s');
  const settings = sweep.cheapest === null ? ['No point meets everything.']
    : changes[sweep.cheapest].length === 0 ? ['The file as it is written is the cheapest.']
      : changes[sweep.cheapest];
  return answerCards([
    {question: 'How late?', lines: [
      reaction ? `slowest reaction ${reaction}` : 'No scale out brought relief to waiting load.',
      `latency p99 ${rangeOf(data, 'latency.p99') || '-'}`]},
    {question: 'Why?', lines: [['knee', 'KNEE'], ['front', 'PARETO']].flatMap(
        ([word, label]) => lines(label).map(
            (line, index) => (index === 0 ? `${word}: ${line}` : line)))},
    {question: 'What number?', lines: settings},
    {question: 'What cost?', lines: [`${texts.cost_key} ${rangeOf(data, texts.cost_key) || '-'}`,
                                     ...lines('EXPECT').slice(1)]}]);
}

pages.sweep = (data) => {
  const {sweep, texts} = data;
  const {scenario} = sweep;
  const facts = [`${humaneTime(scenario.duration_s)} simulated a run`, `seed ${scenario.seed}`,
                 scenario.runs > 1 ? `${scenario.runs} runs of each point` : null].filter(Boolean);
  const host = el('section', {id: 'point', 'aria-label': 'The run of the point that was chosen',
                              'aria-live': 'polite'});
  const choose = (index) => showPoint(data, index, host);
  const first = [sweep.cheapest, sweep.baseline, 0].find((index) => index !== null);
  return {
    boards: [{start: () => choose(first)}],
    content: [
      pageHeader({title: scenario.name, kind: 'sweep', tiles: sweepTiles(data), facts,
                  verdict: {state: texts.state, text: texts.facts[0].lines[0]}}),
      sweepCards(data),
      section('front', 'What the points come to', null, scatterChart(data, choose)), host,
      alongSection(data), pointsSection(data), originSection(data, facts),
    ],
  };
};
