// The page of one run.

// The charts of a run on a board of their own, with markers for its decisions.
function runCharts(run, entries) {
  const board = new ChartBoard(run.scenario.duration_s, run.scenario.start);
  // The chart has the instances of all variants, and a decision is about one.
  if (run.variants.length > 0) {
    const levels = valuesAt(run.rows, run.rows.desired, entries.map(({at}) => at));
    entries.forEach((entry, index) => {
      entry.level = levels[index];
    });
  }
  const panel = decisionPanel(entries);
  const markers = new Markers(entries, panel);
  const instances = instancesChart(board, run, {
    below: panel, place: (u) => markers.place(u)});
  instances.querySelector('.plot').append(markers.layer);
  const figures = [loadChart(board, run), instances, latencyChart(board, run),
                   errorsChart(board, run), alarmCharts(board, run), costChart(board, run)];
  return {board, figures};
}

function answerLines(run, label) {
  const found = run.answers.find((answer) => answer.label === label);
  return found ? found.lines : [];
}

function howLate(run) {
  const lines = answerLines(run, 'REACTION');
  if (lines.length > 0) return lines;
  return [...answerLines(run, 'SCALING').slice(0, 1),
          'No scale out brought relief to waiting load.'];
}

// The first change that somebody decided; a run without one has its reason in what did not happen.
function why(run) {
  const changes = run.why.filter((row) => row.decided_at_s !== null);
  if (changes.length > 0) {
    const [first] = changes;
    const more = changes.length - 1;
    const rest = more > 0 ? `${more} more ${more === 1 ? 'change' : 'changes'} below.` : null;
    return [`${first.in_service} in service at ${humaneTime(first.at_s)}, decided at `
      + `${humaneTime(first.decided_at_s)}`, first.why, rest].filter(Boolean);
  }
  return answerLines(run, 'SCALING');
}

function runTiles(run) {
  return run.tiles.map(({key, label, text}) => ({key, label, text,
                                                 value: numberAt(run.summary, key)}));
}

function phasesSection(run) {
  if (run.phases.length === 0) return null;
  const columns = ['phase', 'stream', 'from', 'to', 'requests', 'errors', 'p50', 'p99', 'instances']
      .map((title, index) => ({title, numeric: index > 3}));
  const seconds = (value) => (value === null ? '-' : humaneSeconds(value));
  const rows = run.phases.map((phase) => [
    phase.name, phase.stream, humaneTime(phase.from_s), humaneTime(phase.to_s),
    humaneCount(phase.requests.total),
    phase.errors.rate === null ? '-' : humaneShare(phase.errors.rate),
    seconds(phase.latency.p50), seconds(phase.latency.p99),
    phase.instances.min === phase.instances.max ? `${phase.instances.max}`
      : `${phase.instances.min} to ${phase.instances.max}`]);
  return section('phases', 'Phase by phase', 'All streams together, while each phase lasted.',
                 table('Phases', columns, rows));
}

const REACTION_PARTS = [
  {label: 'metric', colour: 'c5'}, {label: 'datapoints', colour: 'seen'},
  {label: 'policy', colour: 'desired'}, {label: 'startup', colour: 'starting'},
  {label: 'drain', colour: 'bad'}];

function reactionsSection(run) {
  if (run.reactions.length === 0) return null;
  const slowest = [...run.reactions].sort((a, b) => b.total_s - a.total_s).slice(0, 12)
      .sort((a, b) => a.decided_at_s - b.decided_at_s);
  const rows = slowest.map((one) => ({
    label: `at ${humaneTime(one.decided_at_s)}`, total: one.total_s,
    parts: [one.metric_s, one.datapoints_s, one.policy_s, one.startup_s, one.drain_s]}));
  const left = run.reactions.length - slowest.length;
  return section('reactions', 'How late', 'From the beginning of the first datapoint that asked '
    + 'for more instances until the load was relieved.'
    + (left > 0 ? ` The slowest ${slowest.length} of ${run.reactions.length}.` : ''),
                 partsBars('Reaction times', REACTION_PARTS, rows, humaneTime));
}

function runFacts(run) {
  const {scenario} = run;
  return [`${humaneTime(scenario.duration_s)} simulated from ${dateText(scenario.start)}`,
          `seed ${scenario.seed}`,
          run.runs ? `means of ${run.runs} runs; the charts are of the first` : null,
          scenario.warm_up_s > 0 ? `numbers without the first ${humaneTime(scenario.warm_up_s)}`
            : null,
          `prices of ${run.prices}`];
}

function thinnedNote(rows) {
  if (rows.total === rows.start_s.length) return null;
  return el('p', {class: 'note'}, `The charts show ${humaneCount(rows.start_s.length)} of `
    + `${humaneCount(rows.total)} minutes: those with the least and the most of every number.`);
}

pages.run = (data) => {
  const {run} = data;
  const entries = logEntries(run);
  const {board, figures} = runCharts(run, entries);
  const places = run.phases.map((phase) => ({label: `${phase.stream}: ${phase.name}`,
                                             from: phase.from_s, to: phase.to_s}));
  const which = run.runs ? ' (first run)' : '';
  return {
    boards: [board],
    content: [
      pageHeader({title: run.scenario.name, kind: 'run', verdict: run.verdict, tiles: runTiles(run),
                  facts: runFacts(run)}),
      answerCards([{question: `How late?${which}`, lines: howLate(run)},
                   {question: `Why?${which}`, lines: why(run)},
                   {question: 'What number?', lines: run.numbers},
                   {question: `What cost?${which}`, lines: answerLines(run, 'COST')}]),
      board.toolbar(places), thinnedNote(run.rows), ...figures,
      reactionsSection(run), expectationsSection(run), phasesSection(run),
      entries.length > 0 ? logSection(entries) : null,
      assumptionsSection(run.assumptions), originSection(data, runFacts(run).filter(Boolean)),
    ],
  };
};
