// Makes the parts that several kinds of page have: the verdict with its tiles, the four answers,
// tables, bars of parts, and where it all comes from.

const MARKS = {met: '✓', failed: '✗', open: '?', none: '–'};

// The top of a page. verdict: {state, text}; tiles: {key, label, text, value}; facts: short texts.
function pageHeader({title, kind, verdict, tiles, facts}) {
  return el('header', {}, el('p', {class: 'kind'}, `headroom ${kind}`), el('h1', {}, title),
            el('p', {class: `verdict ${verdict.state}`},
               el('span', {class: 'mark', 'aria-hidden': 'true'}, MARKS[verdict.state]),
               el('strong', {}, verdict.text.replaceAll('`', ''))),
            el('dl', {class: 'tiles'}, tiles.map(tile)),
            el('ul', {class: 'facts'}, facts.filter(Boolean).map((fact) => el('li', {}, fact))));
}

function tile({key, label, text, value, note, state}) {
  return el('div', {class: `tile ${state || ''}`, 'data-key': key,
                    'data-value': value === undefined ? null : JSON.stringify(value)},
            el('dt', {}, label), el('dd', {}, text, note ? el('small', {}, note) : null));
}

// The number at a path such as latency.p99.
function numberAt(tree, path) {
  return path.split('.').reduce((inner, key) => (inner === null || inner === undefined
    ? undefined : inner[key]), tree);
}

// cards: {question, lines, more}: what people ask, before any scrolling.
function answerCards(cards) {
  return el('section', {id: 'answers', 'aria-label': 'The four questions'},
            cards.map(({question, lines}) => el(
                'div', {class: 'card'}, el('h2', {}, question),
                lines.map((line, index) => el('p', {class: index === 0 ? 'first' : null}, line)))));
}

function expectationsSection(run) {
  if (run.expectation_texts.length === 0) return null;
  const rows = run.expectation_texts.map(({mark, text, actual, place}, index) => [
    el('span', {class: mark === '✓' ? 'good' : mark === '✗' ? 'bad' : ''}, mark), text, actual,
    [place, run.expectations[index].because].filter(Boolean).join('; ')]);
  return section('expectations', 'What was expected', null,
                 table('Expectations', [{title: 'met'}, {title: 'expected'},
                                        {title: 'found', numeric: true}, {title: 'where, why'}],
                       rows));
}

// Bars on one scale. rows: {label, parts: [numbers], total}; parts: {label, colour}.
function partsBars(caption, parts, rows, format) {
  const longest = Math.max(...rows.map(({total}) => total), 1e-9);
  const bar = (row) => el('div', {class: 'bar', 'aria-hidden': 'true'}, row.parts.map(
      (value, index) => {
        const part = el('span', {title: `${parts[index].label} ${format(value)}`});
        part.style.width = `${100 * value / longest}%`;
        part.style.setProperty('--of', `var(--${parts[index].colour})`);
        if (parts[index].isStriped) part.classList.add('striped');
        return part;
      }));
  const legend = el('ul', {class: 'legend'}, parts.map(({label, colour: of, isStriped}) => {
    const swatch = el('span', {class: `swatch area ${isStriped ? 'striped' : ''}`});
    swatch.style.setProperty('--of', `var(--${of})`);
    return el('li', {}, swatch, label);
  }));
  const columns = [{title: 'what'}, ...parts.map(({label}) => ({title: label, numeric: true})),
                   {title: 'total', numeric: true}];
  return el('div', {class: 'bars'}, legend,
            rows.map((row) => el('div', {class: 'barred'}, el('span', {class: 'label'}, row.label),
                                 bar(row), el('span', {class: 'total'}, format(row.total)))),
            lazyDetails('Data table', {class: 'data'}, () => table(caption, columns, rows.map(
                (row) => [row.label, ...row.parts.map(format), format(row.total)]))));
}

function assumptionsSection(assumptions) {
  const isDefault = ({value, default: usual}) => value === usual;
  const rows = (list) => list.map((one) => [el('code', {}, one.name), el('code', {}, one.value),
                                            one.meaning]);
  const columns = [{title: 'option'}, {title: 'value'}, {title: 'meaning'}];
  const changed = assumptions.filter((one) => !isDefault(one));
  const usual = assumptions.filter(isDefault);
  return section('assumptions', 'What was assumed of AWS',
                 'Where the documentation of AWS leaves a choice, assumptions of the scenario '
                 + 'make it.',
                 changed.length > 0
                   ? table('Assumptions that differ from the default', columns, rows(changed))
                   : el('p', {}, 'All of it by default.'),
                 lazyDetails(`${usual.length} by default`, {},
                             () => table('Assumptions by default', columns, rows(usual))));
}

// The files as they were written, and what made the page.
function originSection(data, facts) {
  return section('origin', 'Where this comes from', null,
                 el('ul', {class: 'facts'}, [...facts, `headroom ${data.version}`].map(
                     (fact) => el('li', {}, fact))),
                 data.overrides.length > 0
                   ? el('p', {}, 'Changed by ', data.overrides.map(
                       (change) => el('code', {}, `--set ${change}`))) : null,
                 data.sources.map(({file, text}) => lazyDetails(
                     file, {class: 'source'},
                     () => el('pre', {tabindex: '0', 'aria-label': file}, text))));
}
