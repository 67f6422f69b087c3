// Reads numbers as headroom writes them for people, to compare them with those of the JSON.

const UNITS = {'': 1, ms: 1e-3, us: 1e-6, s: 1, '%': 0.01, '/min': 1, '/s': 1};
const SPANS = {d: 86400, h: 3600, m: 60, s: 1};

// "7m24s" is 444 to the second; "89.3 ms" is 0.0893 to half a unit of its last digit.
export function readNumber(text) {
  const [first] = text.split(/ ±|, met/);
  const plain = first.trim().replaceAll(',', '');
  if (/^-?(\d+[dhms])+$/.test(plain)) {
    const value = [...plain.matchAll(/(\d+)([dhms])/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * SPANS[unit], 0);
    return {value, slack: 0.5};
  }
  const found = /^(\$?)(\d+(?:\.(\d+))?) ?(ms|us|s|%|\/min|\/s|)$/.exec(plain);
  if (!found) throw new Error(`not a number for people: "${text}"`);
  const [, dollar, digits, decimals = '', unit] = found;
  // From ten cents on money has its two decimals.
  const slack = dollar && Number(digits) >= 0.1 ? 0.005 : slackOf(digits, decimals);
  return {value: Number(digits) * UNITS[unit], slack: slack * UNITS[unit]};
}

// Three digits are written at least, and trailing zeros may be left out: "3 s" is 3.00 s.
function slackOf(digits, decimals) {
  const lastWritten = 10 ** -decimals.length;
  const value = Number(digits);
  const thirdDigit = value === 0 ? lastWritten : 10 ** (Math.floor(Math.log10(value)) - 2);
  return 0.5 * Math.min(lastWritten, thirdDigit);
}

// Whether the text is the number, rounded. A dash stands for what is not there.
export function tells(text, number) {
  if (number === null || number === undefined) return text === '-';
  const {value, slack} = readNumber(text);
  return Math.abs(value - number) <= slack * (1 + 1e-9) + 1e-12;
}
