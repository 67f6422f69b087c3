// The page of a search among policies: what to set, what it costs, and what it depends on.

// The lines of a fact of the report, such as COST; columns of the terminal become words.
function factLines(texts, label) {
  const found = texts.facts.find((fact) => fact.label === label);
  return found ? found.lines.map((line) => line.replace(/ {2,}/g, ' ').trim()) : [];
}

const costOf = (policy) => {
  const cost = numberAt(policy.summary, 'cost.total');
  return cost === undefined || cost === null ? numberAt(policy.summary, 'instances.hours') : cost;
};

function tuneTiles({tune, texts}) {
  const best = tune.best || tune.nearest;
  const [written, own] = texts.policies;
  const saved = own.cost / written.cost - 1;
  const isSame = !(written.cost > 0) || Math.abs(saved) < 5e-4;
  return [
    {key: 'cost', label: `cost of the ${own.label} a run`, value: costOf(best), state: 'pair',
     text: shortCost(own.text), note: own.text.replace(/^[^(]*\(?/, '').replace(/\)$/, '')},
    {key: 'saved', label: 'against what is written', value: isSame ? 0 : -saved,
     state: `pair ${tune.feasible && !isSame && saved < 0 ? 'good' : ''}`,
     text: isSame ? 'the same'
       : `${humaneShare(Math.abs(saved))} ${saved < 0 ? 'cheaper' : 'dearer'}`,
     note: `written ${shortCost(written.text)}, met in ${written.met} of ${written.runs}`},
    {key: 'met', label: tune.feasible ? 'met in fresh runs' : 'met in runs of the search',
     state: `pair ${tune.feasible ? 'good' : 'bad'}`, value: [best.met, best.runs],
     text: `${best.met} of ${best.runs}`,
     note: tune.feasible ? 'runs that no policy of the search has seen' : 'by the nearest policy'},
    {key: 'confidence', label: 'claim', value: tune.share_met_at_least, state: 'pair',
     text: tune.feasible
       ? `at least ${humaneShare(Math.floor(tune.share_met_at_least * 100) / 100)}` : 'none',
     note: tune.feasible ? `of such days, with ${humaneShare(tune.confidence)} confidence`
       : 'no policy meets it all'},
    {key: 'tried', label: 'policies tried', value: tune.tried.policies, state: 'pair',
     text: humaneCount(tune.tried.policies),
     note: `in ${humaneCount(tune.tried.runs)} runs; ${tune.tried.met} met everything`}];
}

const shortCost = (text) => text.replace(/ a run.*/, '');

// What stands in the way, in one sentence, and what fails for it.
function bindingLines({binding}) {
  return [`${binding.limit.replaceAll('_', ' ')}: ${binding.reason}`,
          binding.expectation ? `fails ${binding.expectation}` : null].filter(Boolean);
}

// "slowest reaction 7m29s -> 5m, as means".
function tuneLate({tune}, names) {
  const policies = [tune.written, tune.best || tune.nearest];
  const reactions = policies.map((policy) => numberAt(policy.summary, 'reaction.worst') || {});
  const told = reactions.map(({total_s: total}) => (Number.isFinite(total) ? humaneTime(total)
    : 'none'));
  const parts = reactions.map((worst, index) => (Number.isFinite(worst.total_s)
    ? `${names[index]}: ${REACTION_PARTS.map(({label}) => (
      `${label} ${humaneTime(worst[`${label}_s`])}`)).join(' + ')}`
    : `${names[index]}: no scale out brought relief to waiting load`));
  return [`slowest reaction ${told[0]} → ${told[1]}, means of the runs`, ...parts];
}

function tuneWhy({tune, texts}) {
  if (!tune.feasible) {
    return fitting([...bindingLines(tune), ...factLines(texts, 'INSTEAD')],
                   (count) => `${count} more below`);
  }
  const frail = factLines(texts, 'DEPENDS ON').filter((line) => line.includes(' fails '));
  return fitting([...factLines(texts, 'MARGIN'),
                  ...frail.length > 0 ? frail.map((line) => `depends on ${line}`)
                    : ['10 % more or less of startup, service time or traffic changes nothing']],
                 (count) => `${count} more below`);
}

function tuneCards(data, names) {
  const {tune, texts} = data;
  const runner = tune.feasible ? [`runner-up: ${factLines(texts, 'RUNNER-UP').join(' ')}`] : [];
  return answerCards([
    {question: 'How late?', lines: tuneLate(data, names)},
    {question: 'Why?', lines: tuneWhy(data)},
    {question: 'What number?', lines: fitting(
        factLines(texts, tune.feasible ? 'POLICY' : 'NEAREST'), (count) => `${count} more below`)},
    {question: 'What cost?', lines: [...factLines(texts, 'COST'), ...runner]}]);
}

function tunedNumbers({texts}, names) {
  const rows = texts.numbers.map((number) => {
    const isSame = number.best === number.written;
    const change = isSame || number.written === 0 ? ''
      : signedOf(number.best / number.written - 1, humaneShare);
    return [el('code', {}, number.name), number.written_text,
            el('strong', {}, number.best_text), isSame ? 'as written' : change,
            number.searched.slice(number.name.length + 1)];
  });
  return section('policy', 'The numbers of the policy', null,
                 table('Numbers of the policy', [
                   {title: 'number'}, {title: names[0], numeric: true},
                   {title: names[1], numeric: true}, {title: 'change', numeric: true},
                   {title: 'searched', numeric: true}], rows));
}

// Bars from zero with the interval of the mean upon each.
function costBars({texts}) {
  const {policies} = texts;
  const longest = Math.max(1e-9, ...policies.flatMap(({cost, interval}) => [cost, ...interval]));
  const place = (value) => `${100 * value / longest}%`;
  const bar = ({cost, interval, label}) => {
    const body = el('span', {class: label === 'best' || label === 'nearest' ? 'own' : 'other'});
    body.style.width = place(cost);
    if (interval.length === 0) return el('div', {class: 'bar cost', 'aria-hidden': 'true'}, body);
    const reach = el('span', {class: 'reach'});
    reach.style.left = place(interval[0]);
    reach.style.width = place(interval[1] - interval[0]);
    return el('div', {class: 'bar cost', 'aria-hidden': 'true'}, body, reach);
  };
  return section('costs', 'What it costs', 'Means of a run; the line upon a bar is their interval '
    + 'at 95 %.', el('div', {class: 'bars'}, policies.map((policy) => el(
        'div', {class: 'barred wide'}, el('span', {class: 'label'}, policy.label), bar(policy),
        el('span', {class: 'total'}, `${shortCost(policy.text)}, met in ${policy.met} of `
          + `${policy.runs}`)))));
}

// A bar for a share of 0 to 1, with what it says beside it.
function shareBar(share, text, isGood) {
  const body = el('span', {class: isGood ? 'met' : 'unmet'});
  body.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
  return el('div', {class: 'share'}, el('div', {class: 'bar', 'aria-hidden': 'true'}, body), text);
}

function marginsSection({tune}) {
  const {margins} = tune.best || tune.nearest;
  const rows = margins.map(({that, met, runs, worst, margin}) => {
    const isMet = met === runs;
    const told = margin === null ? '-' : shareBar(
        Math.abs(margin), margin >= 0 ? `${humaneShare(margin)} from the limit`
          : `${humaneShare(-margin)} beyond the limit`, margin >= 0);
    return [el('span', {class: isMet ? 'good' : 'bad'}, isMet ? '✓ met' : '✗ not met'), that,
            `${met} of ${runs}`, worst, told];
  });
  return section('margins', 'How near the limits are', 'Of the run that was nearest to each limit.',
                 table('Margins', [{title: 'verdict'}, {title: 'expected'},
                                   {title: 'runs', numeric: true},
                                   {title: 'worst', numeric: true}, {title: 'margin'}], rows));
}

function sensitivitySection({tune, texts}) {
  const rows = tune.sensitivity.map(({influence, factor, met, runs, fails}, index) => [
    influence, signedOf(Math.round((factor - 1) * 100), (value) => `${value} %`),
    shareBar(met / runs, `${met} of ${runs}`, met === runs), texts.sensitivity_costs[index],
    fails ? el('span', {class: 'bad'}, `✗ ${fails}`) : '']);
  return section('sensitivity', 'What it depends on', 'The same policy, when what nobody sets is '
    + 'a little less or more.',
                 table('Sensitivity', [{title: 'influence'}, {title: 'change', numeric: true},
                                       {title: 'runs that meet all'},
                                       {title: 'cost a run', numeric: true}, {title: 'fails'}],
                       rows));
}

const LIMIT_PARTS = [{label: 'wanted for', colour: 'c5'},
                     {label: 'until it is asked for', colour: 'desired'},
                     {label: 'startup', colour: 'starting'}];

// How long more instances are wanted, beside how long they take.
function limitBars({push_s: push, reaction_s: reaction, startup_s: startup}) {
  if (push === null || startup === null) return null;
  const asked = reaction || 0;
  return partsBars('Wanted, and there', LIMIT_PARTS, [
    {label: 'wanted for', total: push, parts: [push, 0, 0]},
    {label: 'there after', total: asked + startup, parts: [0, asked, startup]}], humaneTime);
}

function bindingSection({tune, texts}) {
  if (!tune.binding) return null;
  return section('binding', 'What stands in the way', null,
                 bindingLines(tune).map((line) => el('p', {}, line)),
                 limitBars(tune.binding), el('h3', {}, 'What would help instead'),
                 el('ul', {}, factLines(texts, 'INSTEAD').map((line) => el('li', {}, line))));
}

// The reactions of both as the means of their runs.
function policyReactions({tune}, names) {
  return [tune.written, tune.best || tune.nearest].map((policy, index) => {
    const worst = numberAt(policy.summary, 'reaction.worst') || {};
    return {label: `${names[index]}, slowest`, total: worst.total_s,
            parts: REACTION_KEYS.map((key) => worst[key] || 0)};
  }).filter(({total}) => Number.isFinite(total));
}

function meansSection({texts}, names) {
  const after = new Map(texts.best_means);
  const rows = texts.written_means.map(([key, value]) => [el('code', {}, key), value,
                                                         after.get(key)]);
  return section('means', 'The main numbers', 'Means of the runs, with what 95 % confidence adds.',
                 table('Main numbers', [{title: 'number'}, {title: names[0], numeric: true},
                                        {title: names[1], numeric: true}], rows));
}

function applySection({tune, texts}) {
  if (!tune.feasible) return null;
  const settings = tune.settings.length === 0 ? null : [
    el('h3', {}, 'In the scenario'),
    el('pre', {tabindex: '0', 'aria-label': 'Settings'},
       tune.settings.map((setting) => `--set '${setting}'`).join(' \\\n'))];
  return section('apply', 'How to set it', null, settings,
                 el('h3', {}, 'At AWS'),
                 el('p', {class: 'note'}, 'The option --out DIR writes these files.'),
                 el('pre', {tabindex: '0', 'aria-label': 'Commands'},
                    texts.calls.map(({command}) => command).join('\n')),
                 texts.calls.map(({file, input}) => lazyDetails(
                     file, {class: 'source'},
                     () => el('pre', {tabindex: '0', 'aria-label': file}, input))));
}

function tuneFacts({tune, written}) {
  return [`tuned over ${tune.tried.over}`, `seed ${tune.scenario.seed}`,
          `${humaneTime(written.scenario.duration_s)} simulated a run`,
          'charts of the first fresh run', `prices of ${written.prices}`];
}

pages.tune = (data) => {
  const {tune, texts, written, best} = data;
  const names = ['written', tune.feasible ? 'best' : 'nearest'];
  const board = pairBoard(written, best);
  const figures = pairCharts(board, written, best, names);
  return {
    boards: [board],
    content: [
      pageHeader({title: tune.scenario.name || tune.scenario.file, kind: 'tune',
                  verdict: {state: tune.feasible ? 'met' : 'failed', text: texts.verdict},
                  tiles: tuneTiles(data), facts: tuneFacts(data)}),
      tuneCards(data, names), bindingSection(data), tunedNumbers(data, names), costBars(data),
      board.toolbar(placesOf(best)), thinnedNote(best.rows), ...figures,
      marginsSection(data), sensitivitySection(data), meansSection(data, names),
      pairReactions(written, best, names, policyReactions(data, names)),
      whySections([written, best], names), applySection(data),
      assumptionsSection(written.assumptions), originSection(data, tuneFacts(data)),
    ],
  };
};
