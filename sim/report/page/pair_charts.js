// Draws two runs over time in the same charts, with what is between them shaded.

// The minutes of two runs on one time axis.
class PairedRows {
  constructor(base, candidate) {
    this.base = base;
    this.candidate = candidate;
    this.until = Math.max(base.end_s, candidate.end_s);
    const moments = new Set([...base.start_s, ...candidate.start_s]);
    for (const {end_s: end} of [base, candidate]) {
      if (end < this.until) moments.add(end);
    }
    this.x = [...moments].sort((a, b) => a - b);
  }

  // values: one for each of the rows; null where the run is not.
  spread(rows, values) {
    let row = -1;
    return this.x.map((at) => {
      while (row + 1 < rows.start_s.length && rows.start_s[row + 1] <= at) ++row;
      return row < 0 || at >= rows.end_s ? null : values[row];
    });
  }

  // of: what gives the values of a run's rows.
  both(of) {
    return [this.base, this.candidate].map((rows) => this.spread(rows, of(rows)));
  }
}

// Sums that are the same differ in their last digits.
const isSameNumber = (a, b) => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));

const column = (key) => (rows) => rows[key] || rows.start_s.map(() => 0);

// How the area between two lines is filled, and what that is called.
const SHADES = {
  good: {fill: 'good-fill'}, bad: {fill: 'bad-fill', line: 'bad'},
  more: {fill: 'load-fill'}, less: {fill: 'band', line: 'muted'},
};

// more, less: of SHADES, where the candidate is above and below the base.
function shadeBetween(x, until, [base, candidate], {more, less}) {
  return (u, ctx) => {
    for (const [isMore, shade] of [[true, SHADES[more]], [false, SHADES[less]]]) {
      ctx.beginPath();
      x.forEach((from, index) => {
        const [before, after] = [base[index], candidate[index]];
        if (before === null || after === null || isSameNumber(before, after)) return;
        if (after > before === isMore) {
          box(u, ctx, from, index + 1 < x.length ? x[index + 1] : until, before, after);
        }
      });
      ctx.fillStyle = shade.line
        ? ctx.createPattern(hatch(colour(shade.line), colour(shade.fill)), 'repeat')
        : colour(shade.fill);
      ctx.fill();
    }
  };
}

// A scale of powers has no place for 0: what is below it begins at its lower end.
function box(u, ctx, from, to, before, after) {
  const place = (value) => u.valToPos(Math.max(value, u.scales.y.min), 'y', true);
  const left = u.valToPos(from, 'x', true);
  const [top, bottom] = [place(Math.max(before, after)), place(Math.min(before, after))];
  ctx.rect(left, top, u.valToPos(to, 'x', true) - left, bottom - top);
}

// names: of the two; of: gives the values of a run's rows; shades: {more, less}, of SHADES.
function pairChart(board, paired, names, spec) {
  const {of, shades, format, extra = [], ...rest} = spec;
  const [base, candidate] = paired.both(of);
  const told = (index) => (differences[index] === null ? ''
    : signedOf(differences[index], format));
  const differences = paired.x.map((at, index) => {
    const [before, after] = [base[index], candidate[index]];
    if (before === null || after === null) return null;
    return isSameNumber(before, after) ? 0 : after - before;
  });
  return board.add({
    height: 200, ...rest, format, x: paired.x, until: paired.until,
    series: [
      ...extra,
      {label: names[0], values: base, colour: 'base', dash: [7, 4], width: 2},
      {label: names[1], values: candidate, colour: 'candidate', width: 2},
      {label: 'difference', values: paired.x.map(() => null), raw: differences, kind: 'none',
       at: (index) => told(Math.min(index, paired.x.length - 1)),
       format: (value) => signedOf(value, format)}],
    keys: shadeKeys(differences, shades, names),
    under: shadeBetween(paired.x, paired.until, [base, candidate], shades),
  });
}

function shadeKeys(differences, {more, less}, names) {
  const keys = [];
  if (differences.some((value) => value > 0)) keys.push(keyOf(`shade-${more}`, `${names[1]} more`));
  if (differences.some((value) => value < 0)) keys.push(keyOf(`shade-${less}`, `${names[1]} less`));
  return keys.length > 0 ? keys : ['the same in both'];
}

const signedOf = (value, format) => (value === 0 ? format(value)
  : `${value > 0 ? '+' : '-'}${format(Math.abs(value))}`);

// The load once where both have the same, which they have as a rule.
function loadSeries(paired, names) {
  const [before, after] = paired.both(column('offered_rate'));
  const isSame = before.every((load, index) => load === after[index]);
  const line = {colour: 'load', width: 2};
  if (isSame) return [{...line, label: 'load', values: after}];
  return [{...line, label: `load, ${names[0]}`, values: before, dash: [2, 3]},
          {...line, label: `load, ${names[1]}`, values: after}];
}

const shortText = (rows) => {
  const count = shortfalls(rows).length;
  return count === 0 ? 'always enough' : `too little in ${count} of ${rows.start_s.length} minutes`;
};

function pairLoadChart(board, paired, names) {
  const {base, candidate} = paired;
  return pairChart(board, paired, names, {
    id: 'load', title: 'Was there enough?', height: 270, format: humaneRate,
    note: `What the instances in service serve at most, against what clients ask for. `
      + `${names[0]}: ${shortText(base)}; ${names[1]}: ${shortText(candidate)}.`,
    summary: `Offered load up to ${humaneRate(most(candidate.offered_rate))}; capacity up to `
      + `${humaneRate(most(base.capacity_rate))} in ${names[0]}, which had ${shortText(base)}, and `
      + `up to ${humaneRate(most(candidate.capacity_rate))} in ${names[1]}, which had `
      + `${shortText(candidate)}.`,
    of: column('capacity_rate'), shades: {more: 'good', less: 'bad'},
    extra: loadSeries(paired, names),
  });
}

const upTo = (paired, names, key, format) => `Up to ${format(most(paired.base[key] || []))} in `
  + `${names[0]}, up to ${format(most(paired.candidate[key] || []))} in ${names[1]}.`;

function pairLatencyChart(board, paired, names, objectives) {
  const {base, candidate} = paired;
  const highest = Math.max(most(base.latency_p99), most(candidate.latency_p99));
  const served = [...base.latency_p99, ...candidate.latency_p99].filter((value) => value > 0);
  const lowest = served.length > 0 ? Math.min(...served) : 0;
  const limits = objectives.filter(({key}) => key === 'latency.p99');
  const top = most(limits.map(({limit_s: limit}) => limit));
  return pairChart(board, paired, names, {
    id: 'latency', title: 'Latency p99', format: humaneSeconds,
    note: 'As clients see it, minute by minute.',
    summary: upTo(paired, names, 'latency_p99', humaneSeconds),
    of: column('latency_p99'), shades: {more: 'bad', less: 'good'},
    log: highest > 20 * lowest && lowest > 0, least: top < 3 * highest ? top : 0,
    lines: limits.map(({limit_s: value, text}) => ({value, label: text, colour: 'bad'})),
  });
}

function pairErrorsChart(board, paired, names) {
  if (most(paired.base.errors) === 0 && most(paired.candidate.errors) === 0) return null;
  return pairChart(board, paired, names, {
    id: 'errors', title: 'Errors', height: 170, format: humaneCount,
    note: 'Failed requests a minute.',
    summary: upTo(paired, names, 'errors', humaneCount),
    of: column('errors'), shades: {more: 'bad', less: 'good'},
  });
}

function pairCostChart(board, paired, names) {
  const parts = ['cost_busy_usd', 'cost_idle_usd', 'cost_starting_usd'];
  const hourly = (rows) => {
    const costs = parts.map((key) => hourlyCost(rows, key));
    return rows.start_s.map((at, index) => costs.reduce((sum, cost) => sum + cost[index], 0));
  };
  const [before, after] = [hourly(paired.base), hourly(paired.candidate)];
  if (most(before) === 0 && most(after) === 0) return null;
  const format = (usd) => `${humaneMoney(usd)}/h`;
  return pairChart(board, paired, names, {
    id: 'cost', title: 'Cost', height: 170, format,
    note: 'Of all instances, starting ones as well.',
    summary: `Up to ${format(most(before))} in ${names[0]}, up to ${format(most(after))} in `
      + `${names[1]}.`,
    of: hourly, shades: {more: 'bad', less: 'good'},
  });
}

// names: what the two are called; objectives: limits of the latency to draw.
function pairCharts(board, base, candidate, names) {
  const paired = new PairedRows(base.rows, candidate.rows);
  return [
    pairLoadChart(board, paired, names),
    pairChart(board, paired, names, {
      id: 'instances', title: 'Instances in service', format: humaneNumber,
      summary: upTo(paired, names, 'in_service', humaneNumber), least: 1,
      of: column('in_service'), shades: {more: 'more', less: 'less'}}),
    pairLatencyChart(board, paired, names, candidate.objectives),
    pairErrorsChart(board, paired, names), pairCostChart(board, paired, names),
  ];
}

// A board for two runs, which lasts as long as the longer one.
function pairBoard(base, candidate) {
  return new ChartBoard(Math.max(base.scenario.duration_s, candidate.scenario.duration_s),
                        base.scenario.start);
}

// The slowest reactions of both on one scale. first: bars that come before them.
function pairReactions(base, candidate, names, first) {
  const slowest = (run, name) => [...run.reactions].sort((a, b) => b.total_s - a.total_s)
      .slice(0, 5).sort((a, b) => a.decided_at_s - b.decided_at_s).map((one) => ({
        label: `${name} at ${humaneTime(one.decided_at_s)}`, total: one.total_s,
        parts: REACTION_KEYS.map((key) => one[key])}));
  const rows = [...first, ...slowest(base, names[0]), ...slowest(candidate, names[1])];
  if (rows.length === 0) return null;
  return section('reactions', 'How late', 'From the beginning of the first datapoint that asked '
    + 'for more instances until the load was relieved: '
    + (first.length > 0 ? 'the slowest, as the mean of all runs, then ' : '')
    + 'the slowest five of the runs of the charts.',
                 partsBars('Reaction times', REACTION_PARTS, rows, humaneTime));
}

const REACTION_KEYS = ['metric_s', 'datapoints_s', 'policy_s', 'startup_s', 'drain_s'];
