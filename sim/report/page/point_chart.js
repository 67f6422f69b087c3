// Draws points on two axes, for pages whose horizontal axis is no time: lines with the intervals of
// their values, and dots that can be chosen.

// About `count` round values from `low` to `high` with their texts, fewer where those would be the
// same. isTime: round for a span of seconds.
function labelledTicks(low, high, count, format, isTime) {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0)) return [{at: low, text: format(low)}];
  const power = 10 ** Math.floor(Math.log10(rough));
  const sizes = isTime && rough > 1 ? STEPS : [1, 2, 5, 10].map((factor) => factor * power);
  const step = sizes.find((size) => size >= rough) || rough;
  const ticks = ticksAt(low, high, step).map((at) => ({at, text: format(at)}));
  const isPlain = new Set(ticks.map(({text}) => text)).size === ticks.length;
  return isPlain || count <= 1 ? ticks : labelledTicks(low, high, count / 2, format, isTime);
}

// Moves labels that would stand on each other apart, as far as there is room. wanted: of each its
// top; returns their tops in the same order.
function spreadLabels(wanted, height, low, high) {
  const order = wanted.map((top, index) => index).sort((a, b) => wanted[a] - wanted[b]);
  const tops = [...wanted];
  let free = low;
  for (const index of order) {
    tops[index] = Math.max(tops[index], free);
    free = tops[index] + height;
  }
  let limit = high;
  for (const index of order.reverse()) {
    tops[index] = Math.min(tops[index], limit - height);
    limit = tops[index];
  }
  return tops;
}

const MARGIN = {left: 66, right: 24, top: 14, bottom: 40};

// spec: {id, title, note, summary, height, x: {label, format, ticks}, y: {label, format, log},
// lines, dots, join, columns, rows}
//   x.ticks: [{at, text}] instead of round numbers
//   lines: {label, colour, dash, xs, ys, lows, highs}
//   dots: {x, y, label, name, isMet, choose}; name: what it is read as; choose: when it is chosen
//   join: indices of dots that a line joins, in order
class PointChart {
  constructor(spec) {
    this.spec = spec;
    this.host = el('div', {class: 'canvas', role: 'img', 'aria-label': spec.summary});
    this.layer = el('div', {class: 'markers'});
    this.buttons = (spec.dots || []).map((dot) => this.button(dot));
    this.layer.append(...this.buttons);
    this.plotHost = el('div', {class: 'plot points'}, this.host, this.layer);
    this.plotHost.style.height = `${spec.height}px`;
    this.figure = el('figure', {class: 'chart', id: `chart-${spec.id}`},
                     el('figcaption', {}, el('h3', {}, spec.title),
                        spec.note ? el('p', {class: 'note'}, spec.note) : null),
                     el('ul', {class: 'legend'}, this.keys()), this.plotHost,
                     lazyDetails('Data table', {class: 'data'},
                                 () => table(spec.title, spec.columns, spec.rows)));
    new ResizeObserver(() => this.draw()).observe(this.plotHost);
  }

  keys() {
    return [...(this.spec.lines || []).filter(({label}) => label).map((line) => {
      const swatch = el('span', {class: `swatch line${line.dash ? ' dashed' : ''}`});
      swatch.style.setProperty('--of', `var(--${line.colour})`);
      return el('li', {}, swatch, line.label);
    }), ...(this.spec.keys || []).map((key) => el('li', {}, key))];
  }

  button(dot) {
    if (!dot.choose) return el('span', {class: 'dot-mark'});
    return el('button', {type: 'button', class: `dot ${dot.isMet ? 'met' : 'unmet'}`,
                         'aria-label': dot.name, title: dot.name, onclick: (event) => {
                           for (const other of this.buttons) other.classList.remove('chosen');
                           event.currentTarget.classList.add('chosen');
                           dot.choose();
                         }}, dot.isMet ? '●' : '✕');
  }

  // Low and high of all that is drawn, with room around it.
  extent(of, always) {
    const values = [...(this.spec.lines || []).flatMap((line) => of(line)),
                    ...(this.spec.dots || []).flatMap((dot) => of(dot)), ...always]
        .flat().filter(Number.isFinite);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (values.length === 0) return [0, 1];
    const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
    return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
  }

  draw() {
    const {spec} = this;
    const [width, height] = [this.plotHost.clientWidth, spec.height];
    if (width < 60) return;
    const ticks = (spec.x.ticks || []).map(({at}) => at);
    const [left, right] = this.extent(({xs, x}) => xs || [x], ticks);
    const [bottom, top] = this.extent(
        ({ys, y, lows, highs}) => [ys || [y], lows || [], highs || []], [0]);
    const inner = {x: width - MARGIN.left - MARGIN.right,
                   y: height - MARGIN.top - MARGIN.bottom};
    this.place = (x, y) => [MARGIN.left + (x - left) / (right - left) * inner.x,
                            MARGIN.top + (top - y) / (top - bottom) * inner.y];
    const picture = drawn('svg', {width, height, viewBox: `0 0 ${width} ${height}`});
    picture.append(...this.axes({left, right, bottom, top, width, height}), ...this.lines(),
                   ...this.labels(width, height));
    this.host.replaceChildren(picture);
    this.buttons.forEach((button, index) => {
      const [x, y] = this.place(spec.dots[index].x, spec.dots[index].y);
      button.style.left = `${x}px`;
      button.style.top = `${y}px`;
    });
  }

  axes({left, right, bottom, top, width, height}) {
    const {x, y} = this.spec;
    const marks = [];
    for (const {at: tick, text} of labelledTicks(bottom, top, height / 50, y.format, y.isTime)) {
      const at = this.place(left, tick)[1];
      marks.push(drawn('line', {x1: MARGIN.left, x2: width - MARGIN.right, y1: at, y2: at,
                              class: 'grid'}),
                 drawn('text', {x: MARGIN.left - 8, y: at + 4, class: 'tick end'}, text));
    }
    const ticks = x.ticks || labelledTicks(left, right, width / 110, x.format);
    const room = (width - MARGIN.left - MARGIN.right) / Math.max(1, ticks.length);
    const longest = Math.max(...ticks.map(({text}) => text.length));
    const skipped = Math.max(1, Math.ceil(longest * 7 / room));
    ticks.forEach(({at, text}, index) => {
      const place = this.place(at, bottom)[0];
      marks.push(drawn('line', {x1: place, x2: place, y1: MARGIN.top, y2: height - MARGIN.bottom,
                              class: 'grid'}));
      if (index % skipped !== 0) return;
      marks.push(drawn('text', {x: place, y: height - MARGIN.bottom + 16, class: 'tick middle'},
                     text));
    });
    marks.push(drawn('text', {x: (MARGIN.left + width - MARGIN.right) / 2, y: height - 6,
                            class: 'tick middle'}, x.label));
    return marks;
  }

  lines() {
    const parts = [];
    const path = (points) => points.map(
        ([x, y], index) => `${index ? 'L' : 'M'}${x} ${y}`).join('');
    const {join, dots} = this.spec;
    if (join && join.length > 1) {
      const places = join.map((index) => this.place(dots[index].x, dots[index].y));
      parts.push(drawn('path', {d: path(places), class: 'front'}));
    }
    for (const line of this.spec.lines || []) {
      const known = line.xs.map((x, index) => index).filter(
          (index) => Number.isFinite(line.xs[index]) && Number.isFinite(line.ys[index]));
      const course = drawn('path', {class: `plotted${line.dash ? ' dashed' : ''}`,
                                 d: path(known.map((i) => this.place(line.xs[i], line.ys[i])))});
      course.style.stroke = `var(--${line.colour})`;
      parts.push(course, ...known.flatMap((index) => this.point(line, index)));
    }
    return parts;
  }

  // A dot of a line, and its interval as a bar.
  point(line, index) {
    const [x, y] = this.place(line.xs[index], line.ys[index]);
    const dot = drawn('circle', {cx: x, cy: y, r: 3.5});
    dot.style.fill = `var(--${line.colour})`;
    if (!line.lows || !Number.isFinite(line.lows[index])) return [dot];
    const bar = drawn('line', {x1: x, x2: x, y1: this.place(0, line.lows[index])[1],
                             y2: this.place(0, line.highs[index])[1], class: 'interval'});
    bar.style.stroke = `var(--${line.colour})`;
    return [bar, dot];
  }

  // Names of dots beside them, on the side with more room.
  labels(width, height) {
    const named = (this.spec.dots || []).filter(({label}) => label);
    const places = named.map((dot) => this.place(dot.x, dot.y));
    const tops = spreadLabels(places.map(([, y]) => y - 8), 16, MARGIN.top,
                              height - MARGIN.bottom);
    return named.map((dot, index) => {
      const isRight = places[index][0] < width * 0.6;
      return drawn('text', {x: places[index][0] + (isRight ? 14 : -14), y: tops[index] + 12,
                          class: `name ${isRight ? '' : 'end'}`}, dot.label);
    });
  }
}
