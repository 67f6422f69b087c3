// Draws measured points over something else than time, panels below each other on one axis.

const MEASURE_EDGE = {left: 62, right: 26, gap: 22, axis: 42, row: 16};

// Powers of ten from `low` to `high`, which are powers of ten.
function powerTicks(low, high) {
  const first = Math.round(Math.log10(low));
  return Array.from({length: Math.round(Math.log10(high)) - first + 1},
                    (one, index) => 10 ** (first + index));
}

// What tells points apart without their colour.
const POINT_MARKS = {
  circle: (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z`,
  square: (x, y) => `M${x - 3.5} ${y - 3.5}h7v7h-7z`,
  triangle: (x, y) => `M${x} ${y - 5}l4.8 8.5h-9.6z`,
};

const isMeasured = (value) => Number.isFinite(value);

// spec: {id, title, note, summary, x, xLabel, formatX, panels, marks, columns, rows}
//   panels: {height, format, series, lines}; series: {label, values, colour, mark, dash}
//   lines: {value, label, colour} across a panel; marks: {at, label, colour, dash} across them all
//   columns, rows: of the table
class MeasureChart {
  constructor(spec) {
    this.spec = spec;
    this.host = el('div', {class: 'canvas', role: 'img', 'aria-label': spec.summary});
    this.plotHost = el('div', {class: 'plot'}, this.host);
    this.figure = el('figure', {class: 'chart measured', id: `chart-${spec.id}`},
                     el('figcaption', {}, el('h3', {}, spec.title),
                        el('p', {class: 'note'}, spec.note)), this.legend(), this.plotHost,
                     lazyDetails('Data table', {class: 'data'},
                                 () => table(spec.title, spec.columns, spec.rows)));
  }

  legend() {
    const keys = this.spec.panels.flatMap(({series}) => series).map((series) => el(
        'li', {}, drawn('svg', {width: 30, height: 12, 'aria-hidden': 'true'},
                        this.path('M0 6H30', series), this.point(15, 6, series)), series.label));
    return el('ul', {class: 'legend'}, keys);
  }

  // REQUIRES: the figure is in the document, for its width.
  start() {
    this.fit();
    new ResizeObserver(() => this.fit()).observe(this.plotHost);
    window.addEventListener('beforeprint', () => this.fit(660));
    window.addEventListener('afterprint', () => this.fit());
  }

  fit(sheetWidth) {
    const width = Math.floor(sheetWidth || this.plotHost.clientWidth);
    if (width >= 10 && width !== this.width) this.draw(width);
  }

  draw(width) {
    const {spec} = this;
    this.width = width;
    this.inner = width - MEASURE_EDGE.left - MEASURE_EDGE.right;
    const highest = Math.max(...spec.x, ...spec.marks.map(({at}) => at), 1e-9) * 1.04;
    this.placeX = (value) => MEASURE_EDGE.left + this.inner * value / highest;
    let top = MEASURE_EDGE.row * spec.marks.length + 6;
    const begin = top;
    const parts = [];
    for (const panel of spec.panels) {
      parts.push(this.panel(panel, top));
      top += panel.height + MEASURE_EDGE.gap;
    }
    const bottom = top - MEASURE_EDGE.gap;
    const axis = this.axisX(highest, begin, bottom);
    const marks = spec.marks.map((mark, index) => this.mark(mark, index, bottom));
    this.host.replaceChildren(drawn(
        'svg', {width, height: bottom + MEASURE_EDGE.axis, 'aria-hidden': 'true'},
        axis, marks, parts));
  }

  axisX(highest, begin, bottom) {
    const {spec} = this;
    const ticks = roundTicks(highest, Math.max(2, Math.floor(this.inner / 90)));
    return [...ticks.map((tick) => [
      drawn('path', {class: 'grid', d: `M${this.placeX(tick)} ${begin}V${bottom + 4}`}),
      drawn('text', {x: this.placeX(tick), y: bottom + 18, 'text-anchor': 'middle'},
            spec.formatX(tick))]),
            drawn('text', {x: MEASURE_EDGE.left + this.inner / 2, y: bottom + 36,
                           'text-anchor': 'middle'}, spec.xLabel)];
  }

  // From 0, or by powers of ten where the largest would leave nothing of the others to see.
  scaleY({series, lines, height}, top) {
    const values = [...series.flatMap((one) => one.values), ...lines.map(({value}) => value)]
        .filter((value) => isMeasured(value) && value > 0);
    const high = Math.max(...values, 1e-9);
    const low = Math.min(...values, high);
    if (high <= 50 * low) {
      const most = high * 1.1;
      return {ticks: roundTicks(most, Math.floor(height / 26)),
              place: (value) => top + height * (1 - value / most)};
    }
    const [first, last] = [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))];
    const share = (value) => Math.log(Math.max(value, first) / first) / Math.log(last / first);
    return {ticks: powerTicks(first, last),
            place: (value) => top + height * (1 - share(value))};
  }

  panel(panel, top) {
    const {ticks, place} = this.scaleY(panel, top);
    const right = MEASURE_EDGE.left + this.inner;
    const grid = ticks.map((tick) => [
      drawn('path', {class: 'grid', d: `M${MEASURE_EDGE.left - 4} ${place(tick)}H${right}`}),
      drawn('text', {x: MEASURE_EDGE.left - 8, y: place(tick) + 4, 'text-anchor': 'end'},
            panel.format(tick))]);
    const lines = panel.lines.map(({value, label, colour: of}) => [
      drawn('path', {class: 'limit', d: `M${MEASURE_EDGE.left} ${place(value)}H${right}`,
                     style: {stroke: `var(--${of})`}}),
      drawn('text', {class: 'label', x: MEASURE_EDGE.left + 6, y: place(value) - 5}, label)]);
    // The first is drawn last: its dashes leave others to be seen where they are the same.
    const series = panel.series.map((one) => this.series(one, place, panel.format)).reverse();
    return [grid, series, lines];
  }

  series(series, place, format) {
    const {x, formatX} = this.spec;
    const points = series.values.map((value, index) => [this.placeX(x[index]), value, index])
        .filter(([, value]) => isMeasured(value));
    const line = points.map(([left, value], index) => (
      `${index === 0 ? 'M' : 'L'}${left} ${place(value)}`)).join('');
    return [this.path(line, series), points.map(([left, value, index]) => this.point(
        left, place(value), series,
        drawn('title', {}, `${series.label} ${format(value)} at ${formatX(x[index])}`)))];
  }

  path(line, {colour: of, dash}) {
    return drawn('path', {class: 'line', d: line, 'stroke-dasharray': dash || 'none',
                          style: {stroke: `var(--${of})`}});
  }

  point(x, y, {colour: of, mark}, ...children) {
    return drawn('path', {d: POINT_MARKS[mark](x, y), style: {fill: `var(--${of})`}}, ...children);
  }

  // Each label has a row of its own above the panels, so that none covers another.
  mark({at, label, colour: of, dash}, index, bottom) {
    const x = this.placeX(at);
    const y = MEASURE_EDGE.row * index + 12;
    const isLeft = x > MEASURE_EDGE.left + this.inner / 2;
    return [drawn('path', {class: 'limit', d: `M${x} ${y - 9}V${bottom}`,
                           style: {stroke: `var(--${of})`, strokeDasharray: dash}}),
            drawn('text', {class: 'label', x: isLeft ? x - 6 : x + 6, y,
                           'text-anchor': isLeft ? 'end' : 'start'}, label)];
  }
}
