// Draws a run over time: load against capacity, instances, latency, errors, what alarms saw, cost.

const CAUSES = [['timed_out', 'timed out', 'c1'], ['rejected', 'rejected', 'c2'],
                ['interrupted', 'interrupted', 'c3'], ['no_capacity', 'no capacity', 'c4'],
                ['model_error', 'model error', 'c5']];

const most = (values) => values.reduce((top, value) => Math.max(top, value || 0), 0);

// Until when the row's numbers hold.
function endOf(rows, index) {
  return index + 1 < rows.start_s.length ? rows.start_s[index + 1] : rows.end_s;
}

// Where load is above capacity, stretch by stretch: [from, to, capacity, load].
function shortfalls(rows) {
  const places = [];
  rows.offered_rate.forEach((load, index) => {
    const capacity = rows.capacity_rate[index];
    if (load > capacity) places.push([rows.start_s[index], endOf(rows, index), capacity, load]);
  });
  return places;
}

function fillShortfalls(places) {
  return (u, ctx) => {
    const tile = hatch(colour('bad'), colour('bad-fill'));
    for (const [from, to, capacity, load] of places) {
      // Whole pixels, so that there is no seam from one minute to the next.
      const left = Math.round(u.valToPos(from, 'x', true));
      const right = Math.round(u.valToPos(to, 'x', true));
      const top = u.valToPos(load, 'y', true);
      const bottom = u.valToPos(capacity, 'y', true);
      ctx.fillStyle = ctx.createPattern(tile, 'repeat');
      ctx.fillRect(left, top, right - left, bottom - top);
    }
  };
}

// Stripes, which tell an area from others without its colour.
function hatch(line, ground) {
  const size = 8 * Math.ceil(devicePixelRatio || 1);
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const ctx = tile.getContext('2d');
  ctx.fillStyle = ground;
  ctx.fillRect(0, 0, size, size);
  ctx.strokeStyle = line;
  ctx.lineWidth = size / 6;
  for (const shift of [-size, 0, size]) {
    ctx.beginPath();
    ctx.moveTo(shift, size);
    ctx.lineTo(shift + size, 0);
    ctx.stroke();
  }
  return tile;
}

function keyOf(className, text) {
  return [el('span', {class: `swatch ${className}`}), text];
}

function loadChart(board, run) {
  const {rows} = run;
  const places = shortfalls(rows);
  const short = places.length === 0 ? 'always enough'
    : `too little in ${places.length} of ${rows.start_s.length} minutes`;
  return board.add({
    id: 'load', title: 'Was there enough?', height: 280, format: humaneRate,
    note: 'What clients asked for against what the instances in service serve at most.',
    summary: `Offered load up to ${humaneRate(most(rows.offered_rate))} against a capacity of up `
      + `to ${humaneRate(most(rows.capacity_rate))}: ${short}.`,
    x: rows.start_s, until: rows.end_s,
    series: [{label: 'load', values: rows.offered_rate, colour: 'load', fill: 'load-fill'},
             {label: 'capacity', values: rows.capacity_rate, colour: 'capacity', width: 2.5}],
    keys: [keyOf('shortfall', `shortfall: ${short}`)],
    over: fillShortfalls(places),
  });
}

// How long MinCapacity and MaxCapacity were what: {from, to, low, high}.
function boundStretches(rows) {
  const stretches = [];
  rows.start_s.forEach((from, index) => {
    const [low, high] = [rows.min_capacity[index], rows.max_capacity[index]];
    const last = stretches[stretches.length - 1];
    if (last && last.low === low && last.high === high) {
      last.to = endOf(rows, index);
    } else {
      stretches.push({from, to: endOf(rows, index), low, high});
    }
  });
  return stretches;
}

function fillBounds(rows) {
  return (u, ctx) => {
    ctx.fillStyle = colour('band');
    for (const {from, to, low, high} of boundStretches(rows)) {
      const left = Math.round(u.valToPos(from, 'x', true));
      const right = Math.round(u.valToPos(to, 'x', true));
      const top = u.valToPos(high, 'y', true);
      const bottom = u.valToPos(low, 'y', true);
      ctx.fillRect(left, top, right - left, bottom - top);
    }
  };
}

// spec: what a caller adds, such as the markers of decisions.
function instancesChart(board, run, spec) {
  const {rows} = run;
  const top = Math.max(most(rows.in_service), most(rows.desired));
  const bound = most(rows.max_capacity);
  return board.add({
    id: 'instances', title: 'Instances', height: 230, format: humaneNumber,
    note: 'Desired by the policies, starting, and in service; the band is from MinCapacity to '
      + 'MaxCapacity.',
    summary: `Up to ${humaneNumber(top)} instances between ${humaneNumber(rows.min_capacity[0])} `
      + `and ${humaneNumber(bound)}.`,
    x: rows.start_s, until: rows.end_s, least: Math.min(bound, top * 1.5 + 1), whole: true,
    series: [{label: 'in service', values: rows.in_service, colour: 'capacity', width: 2.5},
             {label: 'desired', values: rows.desired, colour: 'desired', dash: [5, 4]},
             {label: 'starting', values: rows.starting, colour: 'starting', fill: 'starting-fill',
              width: 1}],
    keys: [keyOf('band', 'bounds')],
    under: fillBounds(rows),
    ...spec,
  });
}

function latencyChart(board, run) {
  const {rows} = run;
  const highest = most(rows.latency_p99);
  const served = rows.latency_p50.filter((value) => value > 0);
  const lowest = served.length > 0 ? Math.min(...served) : 0;
  return board.add({
    id: 'latency', title: 'Latency', height: 230, format: humaneSeconds,
    note: 'As clients see it, minute by minute: waiting, service and overhead.',
    summary: `Percentile 99 up to ${humaneSeconds(highest)}.`,
    x: rows.start_s, until: rows.end_s, log: highest > 20 * lowest && lowest > 0,
    least: most(run.objectives.map(({limit_s: limit}) => limit)) < 3 * highest
      ? most(run.objectives.map(({limit_s: limit}) => limit)) : 0,
    series: [{label: 'p50', values: rows.latency_p50, colour: 'l1'},
             {label: 'p95', values: rows.latency_p95, colour: 'l2'},
             {label: 'p99', values: rows.latency_p99, colour: 'l3'}],
    lines: run.objectives.map(({limit_s: value, text}) => ({value, label: text, colour: 'bad'})),
  });
}

function errorsChart(board, run) {
  const {rows} = run;
  const causes = CAUSES.filter(([key]) => rows[key]);
  if (causes.length === 0) return null;
  return board.add({
    id: 'errors', title: 'Errors by cause', height: 180, format: humaneCount,
    note: 'Failed requests a minute.',
    summary: `Up to ${humaneCount(most(rows.errors))} failed requests in one minute.`,
    x: rows.start_s, until: rows.end_s,
    series: stacked(causes.map(([key, label, of]) => (
      {label, values: rows[key], colour: of, fill: of}))),
  });
}

// What each minute costs, as if it went on for an hour. key: cost_busy_usd and the like.
function hourlyCost(rows, key) {
  const lengths = rows.start_s.map((from, index) => (index + 1 < rows.start_s.length
    && rows.total === rows.start_s.length ? rows.start_s[index + 1] - from
    : Math.min(60, rows.end_s - from)) / 3600);
  return (rows[key] || rows.start_s.map(() => 0)).map(
      (usd, index) => (lengths[index] > 0 ? usd / lengths[index] : 0));
}

function costChart(board, run) {
  const {rows, summary} = run;
  if (!summary.cost) return null;
  const hours = (run.scenario.duration_s - run.scenario.warm_up_s) / 3600;
  const anchor = (key) => numberAt(summary, `cost.${key}`) / hours;
  const format = (usd) => `${humaneMoney(usd)}/h`;
  const fixed = anchor('fixed_at_peak');
  return board.add({
    id: 'cost', title: 'Cost', height: 210, format,
    note: 'What the instances are for. Fixed at peak: always as many as the busiest minute needs. '
      + 'Perfect hindsight: in each minute as many as it needs, on average.',
    summary: `${humaneMoney(numberAt(summary, 'cost.total'))} in all; fixed at peak `
      + `${humaneMoney(numberAt(summary, 'cost.fixed_at_peak'))}, perfect hindsight `
      + `${humaneMoney(numberAt(summary, 'cost.perfect_hindsight'))}.`,
    x: rows.start_s, until: rows.end_s, least: fixed,
    series: stacked([
      {label: 'busy', values: hourlyCost(rows, 'cost_busy_usd'), colour: 'busy', fill: 'busy',
       format},
      {label: 'idle', values: hourlyCost(rows, 'cost_idle_usd'), colour: 'idle', fill: 'idle',
       format},
      {label: 'starting', values: hourlyCost(rows, 'cost_starting_usd'), colour: 'starting',
       fill: 'starting', format}]),
    lines: [{value: fixed, label: `fixed at peak ${format(fixed)}`, colour: 'bad'},
            {value: anchor('perfect_hindsight'), colour: 'ink',
             label: `perfect hindsight ${format(anchor('perfect_hindsight'))}`}],
  });
}
