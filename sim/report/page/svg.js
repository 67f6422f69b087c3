// Draws elements of SVG, and finds round places for the ticks of an axis.

const SVG = 'http://www.w3.org/2000/svg';

// An element of a picture; `style` is an object, as the policy of the page forbids texts.
function drawn(name, {style, ...attributes}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, shown(value));
  Object.assign(element.style, style || {});
  append(element, children.flat(Infinity));
  return element;
}

// The multiples of `step` from `low` to `high`.
function ticksAt(low, high, step) {
  const ticks = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-6; at += step) {
    ticks.push(Math.abs(at) < step * 1e-9 ? 0 : at);
  }
  return ticks;
}

// Round numbers from 0 to `top`, at most `count` steps apart.
function roundTicks(top, count) {
  const raw = top / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= raw * (1 - 1e-9));
  return ticksAt(0, top, step);
}
