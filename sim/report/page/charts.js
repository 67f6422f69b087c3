// Draws charts over time that share one range and one cursor: what is zoomed or pointed at in one
// is in all.

const AXIS_WIDTH = 62;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200,
               86400, 172800, 604800];
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

// All charts of one time line, which begins at 0 s and ends at `end` s.
class ChartBoard {
  // wallStart: the ISO time of 0 s.
  constructor(end, wallStart) {
    this.end = end;
    this.wallStart = wallStart;
    this.charts = [];
    this.isReady = false;
    this.key = `board-${ChartBoard.count++}`;
    this.status = el('output', {class: 'range', 'aria-live': 'polite'});
    window.headroom.boards.push(this);
  }

  add(spec) {
    const chart = new TimeChart(this, spec);
    this.charts.push(chart);
    return chart.figure;
  }

  // Draws: REQUIRES that the figures are in the document, for their widths.
  start() {
    for (const chart of this.charts) chart.start();
    this.isReady = true;
    this.setRange(0, this.end);
    const again = () => this.charts.forEach((chart) => chart.redraw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
    window.addEventListener('beforeprint', () => this.print(true));
    window.addEventListener('afterprint', () => this.print(false));
  }

  // Whether a chart is where all are; the limits differ by rounding.
  isAt(min, max) {
    const slack = 1e-6 * (this.max - this.min);
    return Math.abs(min - this.min) <= slack && Math.abs(max - this.max) <= slack;
  }

  // On paper the light colours, and the width of a sheet.
  print(isOn) {
    document.documentElement.classList.toggle('paper', isOn);
    for (const chart of this.charts) {
      chart.sheetWidth = isOn ? 660 : null;
      chart.fit();
    }
  }

  range() {
    return [this.min, this.max];
  }

  setRange(min, max) {
    if (!this.isReady) return;
    const width = Math.min(Math.max(max - min, Math.min(60, this.end)), this.end);
    this.min = Math.min(Math.max(0, min), this.end - width);
    this.max = this.min + width;
    for (const chart of this.charts) chart.setRange(this.min, this.max);
    this.status.textContent = `${humaneTime(this.min)} to ${humaneTime(this.max)}`;
  }

  zoom(factor) {
    const middle = (this.min + this.max) / 2;
    const half = (this.max - this.min) / 2 * factor;
    this.setRange(middle - half, middle + half);
  }

  move(share) {
    const step = (this.max - this.min) * share;
    this.setRange(this.min + step, this.max + step);
  }

  // places: {label, from, to}, stretches to go to.
  toolbar(places) {
    const button = (label, text, act) => el('button', {type: 'button', 'aria-label': label,
                                                       title: label || null, onclick: act}, text);
    const choice = el('select', {'aria-label': 'Go to a phase', onchange: () => {
      const place = places[choice.selectedIndex - 1];
      if (place) this.setRange(place.from, place.to);
    }}, el('option', {}, 'phase …'), places.map((place) => el('option', {}, place.label)));
    return el('div', {class: 'toolbar', role: 'toolbar', 'aria-label': 'Time range of all charts'},
              button('Earlier', '←', () => this.move(-0.5)),
              button('Later', '→', () => this.move(0.5)),
              button('Zoom in', '+', () => this.zoom(0.5)),
              button('Zoom out', '−', () => this.zoom(2)),
              button(null, 'whole run', () => this.setRange(0, this.end)),
              places.length > 0 ? choice : null, this.status,
              el('span', {class: 'hint'}, 'drag across a chart to zoom, double-click for all'));
  }
}
ChartBoard.count = 0;

// One chart. spec: {id, title, note, summary, x, series, height, format, log, least, lines, under,
// place, small}
//   x: seconds; the value of x[i] holds until x[i + 1], the last one until spec.until
//   series: {label, values, colour, fill, dash, width, kind: 'step'|'line', format}
//   lines: {value, label, colour} across the chart; least: what the top of the scale at least is
//   whole: what is counted has no halves
//   under(u, context), over(u, context): draw below and above the series; place(u): on each change
class TimeChart {
  constructor(board, spec) {
    this.board = board;
    this.spec = spec;
    this.values = spec.series.map(() => el('span', {class: 'value'}));
    this.moment = el('span', {class: 'moment'});
    this.host = el('div', {class: 'canvas', role: 'img', 'aria-label': spec.summary});
    this.plotHost = el('div', {class: 'plot'}, this.host);
    this.figure = el('figure', {class: 'chart', id: `chart-${spec.id}`},
                     el('figcaption', {}, el('h3', {}, spec.title),
                        spec.note ? el('p', {class: 'note'}, spec.note) : null),
                     this.legend(), this.plotHost, spec.below || null,
                     lazyDetails('Data table', {class: 'data'}, () => this.table()));
    if (spec.small) this.figure.classList.add('small');
  }

  legend() {
    const item = (series, index) => {
      const swatch = el('span', {class: `swatch ${series.fill ? 'area' : 'line'}`});
      swatch.style.setProperty('--of', `var(--${series.colour})`);
      if (series.fill) swatch.style.setProperty('--fill', `var(--${series.fill})`);
      if (series.dash) swatch.classList.add('dashed');
      return el('li', {}, series.kind === 'none' ? null : swatch, series.label,
                this.values[index]);
    };
    return el('ul', {class: 'legend'}, this.spec.series.map(item),
              (this.spec.keys || []).map((key) => el('li', {}, key)),
              el('li', {class: 'when'}, this.moment));
  }

  // The last value once more where it ends, so that its step can be seen.
  data() {
    const {x, until, series} = this.spec;
    const xs = until > x[x.length - 1] ? [...x, until] : x;
    return [xs, ...series.map(({values}) => {
      const extended = xs.length > values.length ? [...values, values[values.length - 1]] : values;
      return held(this.spec.log ? extended.map((value) => (value > 0 ? value : null)) : extended);
    })];
  }

  start() {
    this.plot = new uPlot(this.options(), this.data(), this.host);
    new ResizeObserver(() => this.fit()).observe(this.plotHost);
  }

  fit() {
    const size = Math.floor(this.sheetWidth || this.plotHost.clientWidth);
    if (!this.plot || size < 10) return;
    // Setting a size draws too, with fewer labels where there is less room; a redraw right after it
    // would keep the labels of before.
    if (size !== this.plot.width) {
      this.plot.setSize({width: size, height: this.spec.height});
    } else {
      this.redraw();
    }
  }

  redraw() {
    if (this.plot) this.plot.redraw(false);
  }

  setRange(min, max) {
    this.plot.setScale('x', {min, max});
  }

  options() {
    const {spec, board} = this;
    return {
      width: Math.max(10, Math.floor(this.plotHost.clientWidth)),
      height: spec.height,
      padding: [8, 26, 0, 0],
      legend: {show: false},
      cursor: {y: false, points: {size: 6}, drag: {x: true, y: false, dist: 6},
               sync: {key: board.key, scales: ['x', null]},
               bind: {dblclick: () => () => {
                 board.setRange(0, board.end);
                 return null;
               }}},
      scales: {x: {time: false}, y: {distr: spec.log ? 3 : 1, range: this.scaleRange()}},
      axes: [this.timeAxis(), this.valueAxis()],
      series: [{}, ...spec.series.map((series) => this.line(series))],
      hooks: {
        setScale: [(u, key) => {
          const {min, max} = u.scales.x;
          if (key === 'x' && board.isReady && !board.isAt(min, max)) board.setRange(min, max);
        }],
        setCursor: [(u) => this.tell(u)],
        drawAxes: [(u) => spec.under && this.within(u, spec.under)],
        draw: [(u) => this.within(u, () => this.overlay(u)), (u) => spec.place && spec.place(u)],
      },
    };
  }

  scaleRange() {
    const {spec} = this;
    if (spec.log) return (u, low, high) => uPlot.rangeLog(low || 1e-3, high || 1, 10, true);
    const highest = Math.max(0, ...(spec.lines || []).map(({value}) => value));
    return (u, low, high) => {
      const top = Math.max(high || 0, spec.least || 0);
      // With room for the label of a line that is the highest of all.
      return [0, top > 0 ? top * (highest > 0.9 * top ? 1.18 : 1.08) : 1];
    };
  }

  axis() {
    return {stroke: () => colour('muted'), font: '11px system-ui, sans-serif',
            grid: {stroke: () => colour('grid'), width: 1},
            ticks: {stroke: () => colour('grid'), width: 1, size: 4}};
  }

  timeAxis() {
    const isBare = this.spec.bare;
    return {...this.axis(), incrs: STEPS, space: 70, size: isBare ? 4 : 26,
            values: (u, ticks) => ticks.map((tick) => (isBare ? '' : humaneTime(tick)))};
  }

  valueAxis() {
    const format = this.spec.format || humaneNumber;
    return {...this.axis(), size: AXIS_WIDTH, space: this.spec.height < 100 ? 18 : 34,
            incrs: this.spec.whole ? WHOLE_STEPS : undefined,
            values: (u, ticks) => ticks.map(
                (tick) => (tick === null || this.spec.bare ? '' : format(tick)))};
  }

  line(series) {
    return {
      label: series.label,
      stroke: series.kind === 'none' ? null : () => colour(series.colour),
      fill: series.fill ? () => colour(series.fill) : undefined,
      width: series.width === undefined ? 2 : series.width,
      dash: series.dash,
      points: {show: false},
      paths: series.kind === 'line' ? undefined
        : series.kind === 'none' ? () => null : uPlot.paths.stepped({align: 1}),
    };
  }

  // Draws within the plot alone.
  within(u, draw) {
    const {ctx, bbox} = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    draw(u, ctx);
    ctx.restore();
  }

  overlay(u) {
    if (this.spec.over) this.spec.over(u, u.ctx);
    let taken = [];
    for (const line of this.spec.lines || []) {
      taken = drawLine(u, line, taken);
    }
  }

  // What the series are at the cursor, in the legend.
  tell(u) {
    const {idx} = u.cursor;
    const isThere = idx !== null && idx !== undefined;
    this.spec.series.forEach((series, index) => {
      const {values} = series;
      const value = isThere ? values[Math.min(idx, values.length - 1)] : null;
      const format = series.format || this.spec.format || humaneNumber;
      const text = series.at ? (isThere ? series.at(idx) : '')
        : value === null || value === undefined ? '' : format(value);
      this.values[index].textContent = text;
    });
    const at = isThere ? u.data[0][idx] : null;
    this.moment.textContent = isThere
      ? `at ${humaneTime(at)} · ${wallClock(this.board.wallStart, at)}` : '';
  }

  table() {
    const {x, series, title} = this.spec;
    const columns = [{title: 'time'}, ...series.map(({label}) => ({title: label, numeric: true}))];
    const told = (one, index) => {
      const value = one.raw ? one.raw[index] : one.values[index];
      const format = one.format || this.spec.format || humaneNumber;
      return one.at ? one.at(index) : value === null || value === undefined ? '' : format(value);
    };
    return table(title, columns, x.map((at, index) => [
      humaneTime(at), ...series.map((one) => told(one, index))]));
  }
}

// A value ends where none follows, and its step can only be seen when it is there once more.
function held(values) {
  const isThere = (index) => values[index] !== null && values[index] !== undefined;
  return values.map((value, index) => (!isThere(index) && index > 0 && isThere(index - 1)
    ? values[index - 1] : value));
}

// A dashed line with its label, above it or, where another label is, below. Returns where labels
// are.
function drawLine(u, line, taken) {
  const {ctx, bbox} = u;
  const ratio = devicePixelRatio || 1;
  const y = Math.round(u.valToPos(line.value, 'y', true));
  if (!Number.isFinite(y)) return taken;
  ctx.strokeStyle = colour(line.colour);
  ctx.setLineDash([6 * ratio, 4 * ratio]);
  ctx.lineWidth = 1.5 * ratio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  const height = 14 * ratio;
  const isFree = (at) => at - height > bbox.top && at < bbox.top + bbox.height &&
    taken.every((other) => Math.abs(other - at) >= height);
  const at = [y - 5 * ratio, y + height, y - height - 5 * ratio].find(isFree);
  if (at === undefined) return taken;
  const right = bbox.left + bbox.width - 4 * ratio;
  ctx.lineWidth = 3 * ratio;
  ctx.strokeStyle = colour('back');
  ctx.strokeText(shown(line.label), right, at);
  ctx.fillStyle = colour('ink');
  ctx.fillText(shown(line.label), right, at);
  return [...taken, at];
}

// The series from the bottom up as areas that stand on each other: the topmost is drawn first, and
// those below it over it.
function stacked(series) {
  const sums = [];
  let below = null;
  for (const one of series) {
    below = one.values.map((value, index) => (value || 0) + (below ? below[index] : 0));
    sums.push({...one, raw: one.values, values: below, width: 1,
               at: (index) => (index < one.values.length
                 ? (one.format || humaneNumber)(one.values[index]) : '')});
  }
  return sums.reverse();
}
