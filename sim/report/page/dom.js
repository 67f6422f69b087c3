// Builds the elements of a page. Text is only ever put in as text, so that what users wrote runs
// nothing and changes nothing around it.

// Characters that turn the direction of what follows, or hide, would make a name read as another.
const INVISIBLE = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200b-\\u200f'
  + '\\u2028-\\u202e\\u2060-\\u206f\\ufeff]', 'g');
function shown(text) {
  return String(text).replace(INVISIBLE, (character) => {
    if (character === '\u200d') return character;  // joins emoji
    return `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

// el('p', {class: 'note', onclick: f}, 'text', child): without null and undefined children.
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value === true ? '' : shown(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined) continue;
    element.append(child instanceof Node ? child : document.createTextNode(shown(child)));
  }
}

// A colour of the style sheet, as it is in the scheme of the moment.
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// A table that scrolls on its own where it is too wide. columns: {title, numeric}; rows: arrays of
// texts or elements.
function table(caption, columns, rows) {
  const cells = (row, tag) => row.map((cell, index) => el(
      tag, {class: columns[index].numeric ? 'numeric' : null, scope: tag === 'th' ? 'col' : null},
      cell));
  return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption},
            el('table', {}, el('caption', {class: 'hidden'}, caption),
               el('thead', {}, el('tr', {}, cells(columns.map((column) => column.title), 'th'))),
               el('tbody', {}, rows.map((row) => el('tr', {}, cells(row, 'td'))))));
}

// Closed details whose content is made when they are opened: a page of many tables opens at once.
function lazyDetails(summary, attributes, make) {
  const details = el('details', attributes, el('summary', {}, summary));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(make());
  });
  return details;
}

function section(id, title, note, ...children) {
  return el('section', {id, 'aria-labelledby': `${id}-title`}, el('h2', {id: `${id}-title`}, title),
            note ? el('p', {class: 'note'}, note) : null, children);
}
