// Writes numbers for people, as the program's text output does: 11.3 s, 30,412, 0.44 %, 2h33m.

// To `digits` significant digits, whole numbers in full, thousands apart.
function humaneNumber(value, digits = 3) {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 10 ** digits) {
    return Math.round(value).toLocaleString('en-US');
  }
  return Number(value.toPrecision(digits)).toLocaleString('en-US', {maximumFractionDigits: 12});
}

// A time since the start of the run, to the second: 2h33m.
function humaneTime(seconds) {
  if (!Number.isFinite(seconds)) return '-';
  let rest = Math.round(Math.abs(seconds));
  const days = Math.floor(rest / 86400);
  rest %= 86400;
  const parts = [[days, 'd'], [Math.floor(rest / 3600), 'h'], [Math.floor(rest % 3600 / 60), 'm'],
                 [rest % 60, 's']].filter(([count]) => count > 0);
  const text = parts.map(([count, unit]) => `${count}${unit}`).join('') || '0s';
  return seconds < 0 ? `-${text}` : text;
}

// A latency: 850 us, 9.3 ms, 11.3 s; from two minutes on as a span.
function humaneSeconds(seconds, digits = 3) {
  if (!Number.isFinite(seconds)) return '-';
  const size = Math.abs(seconds);
  if (size >= 120) return humaneTime(seconds);
  if (size >= 1 || size === 0) return `${humaneNumber(seconds, digits)} s`;
  if (size >= 1e-3) return `${humaneNumber(seconds * 1e3, digits)} ms`;
  return `${humaneNumber(seconds * 1e6, digits)} us`;
}

const humaneShare = (fraction) => `${humaneNumber(fraction * 100)} %`;
const humaneRate = (perSecond) => `${humaneNumber(perSecond)}/s`;
const humaneCount = (value) => Math.round(value).toLocaleString('en-US');

function humaneMoney(usd) {
  if (!Number.isFinite(usd)) return '-';
  if (usd !== 0 && Math.abs(usd) < 0.1) return `$${Number(usd.toPrecision(3))}`;
  return `$${usd.toLocaleString('en-US', {minimumFractionDigits: 2, maximumFractionDigits: 2})}`;
}

// An ISO time as people write it: 2026-03-02 08:00 UTC, or with its offset.
function dateText(iso) {
  const zone = iso.slice(19).replace(/^\.\d+/, '');
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} ${zone === '+00:00' ? 'UTC' : zone}`;
}

// The wall clock of the scenario at a time of the run, "Mon 08:15": `start` is its ISO time with
// the offset of its zone, which is kept whatever the zone of the reader.
function wallClock(start, seconds) {
  const local = new Date(Date.parse(`${start.slice(0, 19)}Z`) + seconds * 1000);
  const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][local.getUTCDay()];
  const two = (number) => String(number).padStart(2, '0');
  return `${day} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}
