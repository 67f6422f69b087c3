// The page of a scaling plan: whether it holds, what to set, and what one instance serves.

function planFact({texts}, label) {
  const found = texts.facts.find((fact) => fact.label === label);
  return found ? found.text : null;
}

function planTiles({plan, texts}) {
  const {target} = plan;
  const rate = (text) => text.split(',')[0];
  const growth = texts.growth === '1' ? '' : ` × ${texts.growth}`;
  return [
    {key: 'target.invocations_per_instance', label: 'TargetValue', state: 'pair',
     value: target.invocations_per_instance, text: humaneNumber(target.invocations_per_instance, 4),
     note: `invocations a minute of one instance, ${humaneShare(target.utilization)} of what it `
       + 'serves'},
    {key: 'min_capacity', label: 'MinCapacity', value: plan.min_capacity, state: 'pair',
     text: humaneCount(plan.min_capacity), note: `for ${rate(texts.least_rate)}`},
    {key: 'max_capacity', label: 'MaxCapacity', value: plan.max_capacity, state: 'pair',
     text: humaneCount(plan.max_capacity), note: `for ${rate(texts.highest_rate)}${growth}`},
    {key: 'target.cpu_percent', label: 'CPU target', value: target.cpu_percent, state: 'pair',
     text: `${humaneNumber(target.cpu_percent, 4)} %`, note: planCpuNote(target)},
    {key: 'target.saturated_invocations', label: 'saturated invocations', state: 'pair',
     value: target.saturated_invocations, text: humaneNumber(target.saturated_invocations, 4),
     note: `a minute of one instance, ${humaneRate(target.saturated_invocations / 60)}`}];
}

function planCpuNote({cpu_percent_at_target: there}) {
  return there === null ? 'of CPUUtilization'
    : `CPUUtilization is ${humaneNumber(there, 4)} % at the TargetValue`;
}

// The slowest reaction on the traffic, and that under the load test.
function planLate({run, load_test: test}) {
  const worst = test ? numberAt(test.summary, 'reaction.worst.total_s') : null;
  return [...howLate(run),
          ...Number.isFinite(worst) ? [`under the load test: slowest ${humaneTime(worst)}`] : []];
}

function planCards(data) {
  const {plan, texts, run} = data;
  const more = (count) => `${count} more below`;
  const chosen = plan.trade_off
    ? [`${humaneShare(plan.target.utilization)} of ${plan.trade_off.length} utilizations: `
       + 'compared below'] : [];
  return answerCards([
    {question: 'How late?', lines: planLate(data)},
    {question: 'Why?', lines: fitting(plan.derivation, more)},
    {question: 'What number?', lines: fitting(
        [`MinCapacity ${humaneCount(plan.min_capacity)}, `
         + `MaxCapacity ${humaneCount(plan.max_capacity)}`, ...texts.policies], more)},
    {question: 'What cost?', lines: [...answerLines(run, 'COST'), ...chosen]}]);
}

function planWarnings({plan}) {
  if (plan.warnings.length === 0) return null;
  return section('warnings', 'What is in doubt', null,
                 el('ul', {class: 'warnings'}, plan.warnings.map((text) => el('li', {}, text))));
}

// What was measured with one user after another, with the plan's numbers in it.
function benchmarkChart({plan}) {
  const {target, benchmark: {rows}} = plan;
  const seconds = (value) => (value === null ? '-' : humaneSeconds(value));
  const percent = (value) => (value === null ? '-' : `${humaneNumber(value)} %`);
  const of = (path) => rows.map((row) => numberAt(row, path));
  const {saturated_invocations: saturated, invocations_per_instance: wanted} = target;
  const panels = [
    {height: 190, format: humaneSeconds, lines: [], series: [
      {label: 'latency p50', values: of('latency.p50'), colour: 'l1', mark: 'circle',
       dash: '6 4'},
      {label: 'latency p99', values: of('latency.p99'), colour: 'l3', mark: 'square'}]}];
  if (rows.some((row) => row.cpu_percent !== null)) {
    panels.push({height: 130, format: percent, lines: [
      {value: target.cpu_percent, colour: 'desired',
       label: `CPU target ${percent(target.cpu_percent)}`}],
                 series: [{label: 'CPU', values: of('cpu_percent'), colour: 'capacity',
                           mark: 'triangle'}]});
  }
  return new MeasureChart({
    id: 'benchmark', title: 'What one instance serves',
    note: `Measured with 1 to ${humaneCount(rows[rows.length - 1].users)} users, each of whom asks `
      + 'again as soon as it is answered. More of them bring no more invocations where it is '
      + 'saturated, only latency.',
    summary: `One instance saturates at ${humaneNumber(saturated, 4)} invocations a minute; the `
      + `target is ${humaneNumber(wanted, 4)}. p99 goes from ${seconds(rows[0].latency.p99)} to `
      + `${seconds(rows[rows.length - 1].latency.p99)}.`,
    x: of('invocations_per_minute'), xLabel: 'invocations a minute of one instance',
    formatX: humaneCount, panels,
    marks: [{at: wanted, label: `TargetValue ${humaneNumber(wanted, 4)}`, colour: 'desired',
             dash: '6 4'},
            {at: saturated, label: `saturated at ${humaneNumber(saturated, 4)}`, colour: 'bad',
             dash: '2 3'}],
    columns: ['users', 'invocations a minute', 'p50', 'p99', 'CPU', 'errors'].map(
        (title) => ({title, numeric: true})),
    rows: rows.map((row) => [
      humaneCount(row.users), humaneCount(row.invocations_per_minute), seconds(row.latency.p50),
      seconds(row.latency.p99), percent(row.cpu_percent), humaneShare(row.errors)]),
  });
}

function derivationSection({plan}, benchmark) {
  return section('derivation', 'How each number was found', null, benchmark.figure,
                 el('ol', {class: 'sentences'}, plan.derivation.map((text) => el('li', {}, text))));
}

const EVALUATED = [
  ['requests', 'requests.total', humaneCount],
  ['invocations in a minute at most', 'invocations_per_minute.max', humaneCount],
  ['errors', 'errors.rate', humaneShare], ['latency p50', 'latency.p50', humaneSeconds],
  ['latency p95', 'latency.p95', humaneSeconds], ['latency p99', 'latency.p99', humaneSeconds],
  ['instances at least', 'instances.min', humaneCount],
  ['instances at most', 'instances.max', humaneCount],
  ['instances on average', 'instances.mean', humaneNumber],
  ['slowest reaction', 'reaction.worst.total_s', humaneTime], ['cost', 'cost.total', humaneMoney]];

// The plan as it was played: on what is expected, and under the users of a load test.
function evaluationSection(data) {
  const {plan: {evaluation}, load_test: test} = data;
  const told = (tree, path, format) => {
    const value = numberAt(tree, path);
    return value === null || value === undefined ? '-' : format(value);
  };
  const rows = EVALUATED.map(([label, path, format]) => [
    label, told(evaluation.traffic, path, format), test ? told(test.summary, path, format) : '-']);
  const reasons = evaluation.shortcomings.map((reason) => el(
      'li', {}, el('span', {class: 'bad'}, '✗ '), reason));
  const text = planFact(data, 'LOAD TEST');
  return section('evaluation', 'How it does', text ? `Load test: ${text}.` : null,
                 reasons.length > 0 ? el('ul', {class: 'warnings'}, reasons) : null,
                 table('Evaluation', [{title: 'number'}, {title: 'traffic', numeric: true},
                                      {title: 'load test', numeric: true}], rows));
}

// Rows of the report, the first of which are titles. A mark at the end of a row becomes a word.
function reportRows({id, title, note, caption, words}, [titles, ...rows]) {
  if (!titles) return null;
  const columns = titles.map((text, index) => ({title: text || 'chosen', numeric: index >= words}));
  return section(id, title, note, table(caption, columns, rows.map((row) => row.map(
      (cell) => cell.replace(/^< /, '')))));
}

function deploySection({texts}) {
  const source = ({file, text}) => lazyDetails(file, {class: 'source'}, () => {
    const button = el('button', {type: 'button', onclick: () => {
      getSelection().selectAllChildren(pre);
      button.textContent = document.execCommand('copy') ? 'copied' : 'selected';
    }}, 'copy');
    const pre = el('pre', {tabindex: '0', 'aria-label': file}, text);
    return el('div', {}, button, pre);
  });
  return section('deploy', 'How to deploy it', 'The option --out DIR writes these files; '
    + `${texts.script.file} makes the calls.`,
                 [...texts.calls, texts.script].map(source));
}

pages.plan = (data) => {
  const {plan, texts, run} = data;
  const entries = logEntries(run);
  const {board, figures} = runCharts(run, entries);
  const places = run.phases.map((phase) => ({label: `${phase.stream}: ${phase.name}`,
                                             from: phase.from_s, to: phase.to_s}));
  const facts = ['charts of the plan on the scenario’s traffic', ...runFacts(run).filter(Boolean)];
  const benchmark = benchmarkChart(data);
  return {
    boards: [benchmark, board],
    content: [
      pageHeader({title: run.scenario.name, kind: 'plan',
                  verdict: {state: plan.evaluation.passed ? 'met' : 'failed',
                            text: planFact(data, 'VERDICT')},
                  tiles: planTiles(data), facts}),
      planCards(data), planWarnings(data), derivationSection(data, benchmark),
      deploySection(data),
      reportRows({id: 'trade-off', title: 'Availability against cost', caption: 'Utilizations',
                  note: 'On the scenario’s traffic.', words: 1}, texts.trade_off),
      reportRows({id: 'candidates', title: 'Up or out', caption: 'Candidates',
                  note: texts.candidates_told, words: 2}, texts.candidates),
      evaluationSection(data), board.toolbar(places), thinnedNote(run.rows), ...figures,
      reactionsSection(run), expectationsSection(run), phasesSection(run),
      entries.length > 0 ? logSection(entries) : null,
      assumptionsSection(run.assumptions), originSection(data, facts),
    ],
  };
};
