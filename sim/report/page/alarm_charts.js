// Draws what alarms saw: the metric step by step as it became visible, beside the true one, the
// thresholds, and a ribbon of each alarm's state with the datapoints that it counted.

const STATES = {O: 'OK', A: 'ALARM', I: 'INSUFFICIENT_DATA'};
const COMPARISONS = {GreaterThanOrEqualToThreshold: '≥', GreaterThanThreshold: '>',
                     LessThanThreshold: '<', LessThanOrEqualToThreshold: '≤'};

// Alarms that watch the same metric for the same policies belong into one picture.
function alarmGroups(alarms) {
  const groups = new Map();
  for (const alarm of alarms) {
    const key = JSON.stringify([alarm.metric, alarm.variant, alarm.policies, alarm.period_s]);
    groups.set(key, [...(groups.get(key) || []), alarm]);
  }
  return [...groups.values()];
}

function ruleOf(alarm) {
  const counted = `${alarm.datapoints_to_alarm} of ${alarm.evaluation_periods}`;
  return `${COMPARISONS[alarm.comparison]} ${humaneNumber(alarm.threshold, 4)} in ${counted} `
    + `datapoints of ${humaneTime(alarm.period_s)}`;
}

// The rows that hold the alarm's metric as it truly is.
function trueRows(run, alarm) {
  const variant = run.variants.find(({name}) => name === alarm.variant);
  return variant ? variant.rows : run.rows;
}

function seenChart(board, run, alarms, index) {
  const [first] = alarms;
  const {observations} = first;
  if (observations.at_s.length === 0) return null;
  const rows = trueRows(run, first);
  const isKnown = first.true_column !== '';
  const actual = isKnown ? valuesAt(rows, rows[first.true_column], observations.at_s) : null;
  const series = [{label: 'seen by the alarms', values: observations.newest, colour: 'seen',
                   width: 2.5}];
  if (isKnown) series.unshift({label: 'true at that moment', values: actual, colour: 'true',
                               dash: [3, 3], width: 1.5});
  const variant = run.variants.length > 0 && first.variant ? ` of ${first.variant}` : '';
  return board.add({
    id: `seen-${index}`, title: `${first.metric}${variant}, as ${ownerOf(first)} sees it`,
    note: 'A datapoint covers a whole period and is visible only after it: what is seen is late. '
      + 'Below, each bar is how many datapoints an alarm counted; it is full, and striped, in '
      + 'ALARM.',
    height: 200, x: observations.at_s, until: run.scenario.duration_s, series,
    summary: `${first.metric} up to ${humaneNumber(most(observations.newest))}; `
      + alarms.map((alarm) => `${alarm.short_name} ${ruleOf(alarm)}`).join('; '),
    least: Math.max(...alarms.map(({threshold}) => threshold)),
    lines: alarms.map((alarm) => ({
      value: alarm.threshold, colour: 'seen',
      label: `${alarm.short_name} ${COMPARISONS[alarm.comparison]} `
        + humaneNumber(alarm.threshold, 4)})),
  });
}

function ownerOf(alarm) {
  return alarm.policies.length > 0 ? `policy ${alarm.policies.join(', ')}`
    : `alarm ${alarm.short_name}`;
}

// The value of the minute in which each moment lies.
function valuesAt(rows, values, moments) {
  let row = 0;
  return moments.map((at) => {
    while (row + 1 < rows.start_s.length && rows.start_s[row + 1] <= at) ++row;
    return values[row];
  });
}

function ribbonChart(board, run, alarm, index) {
  const {observations} = alarm;
  if (observations.at_s.length === 0) return null;
  const told = (at) => (at < observations.at_s.length
    ? `${STATES[observations.state[at]]}, ${observations.breaching[at]} breaching` : '');
  const times = [...observations.state].filter((state) => state === 'A').length;
  return board.add({
    id: `alarm-${index}`, title: alarm.short_name, small: true, bare: true, height: 40,
    note: ruleOf(alarm),
    summary: `${alarm.short_name}: in ALARM at ${times} of ${observations.at_s.length} `
      + 'evaluations.',
    x: observations.at_s, until: run.scenario.duration_s, least: alarm.datapoints_to_alarm,
    series: [{label: '', values: observations.breaching, colour: 'seen', kind: 'none', at: told}],
    over: (u, ctx) => drawRibbon(u, ctx, alarm, run.scenario.duration_s),
  });
}

// A bar for each evaluation: as high as its breaching datapoints are of those that make ALARM.
function drawRibbon(u, ctx, alarm, end) {
  const {at_s: times, breaching, state} = alarm.observations;
  const {bbox} = u;
  const striped = ctx.createPattern(hatch(colour('bad'), colour('bad-fill')), 'repeat');
  const strip = Math.max(3, bbox.height / 8);
  times.forEach((from, index) => {
    const to = index + 1 < times.length ? times[index + 1] : end;
    // Whole pixels: bars that meet in the middle of one would show the ground between them.
    const left = Math.round(u.valToPos(from, 'x', true));
    const width = Math.max(1, Math.round(u.valToPos(to, 'x', true)) - left);
    const isAlarm = state[index] === 'A';
    const share = isAlarm ? 1 : Math.min(1, breaching[index] / alarm.datapoints_to_alarm);
    const height = share * (bbox.height - strip);
    const bottom = bbox.top + bbox.height;
    ctx.fillStyle = isAlarm ? striped : colour('counted');
    ctx.fillRect(left, bottom - strip - height, width, height);
    ctx.fillStyle = colour(isAlarm ? 'bad' : state[index] === 'O' ? 'good' : 'grid');
    ctx.fillRect(left, bottom - strip, width, strip);
  });
}

function alarmCharts(board, run) {
  let ribbons = 0;
  return alarmGroups(run.alarms).map((alarms, index) => [
    seenChart(board, run, alarms, index),
    alarms.map((alarm) => ribbonChart(board, run, alarm, ribbons++)),
  ]);
}
