// Tells what was decided and done: as markers on the chart of instances, which say their reason
// when they are chosen, and as a log that can be filtered.

const BLOCKERS = {
  zero_capacity: 'nothing in service', no_datapoints: 'no datapoints',
  uncovered_value: 'no step covers the value',
  already_at_desired_capacity: 'already at the desired capacity',
  anticipated_flapping: 'anticipated flapping', suspended: 'suspended',
  max_capacity: 'at MaxCapacity', min_capacity: 'at MinCapacity', cooldown: 'in a cooldown',
  other_policies: 'other policies do not scale in', larger_capacity: 'another policy wants more',
  activity_in_progress: 'an activity is in progress', action_not_due: 'the action is not due',
};

// One list of entries in the order of time: {at, until, kind, title, detail, datapoints, capacity}.
// kind: out, in, blocked, none, failed.
function logEntries(run) {
  const decided = new Set(run.decisions.map(({at_s: at, to}) => `${at} ${to}`));
  const entries = run.decisions.map(entryOfDecision);
  // What AWS records of a decision says less than the decision, unless it failed afterwards.
  for (const activity of run.activities) {
    const isTold = decided.has(`${activity.at_s} ${activity.to}`);
    const hasFailed = activity.status === 'Failed' && !activity.not_scaled;
    if (!isTold || hasFailed) entries.push(entryOfActivity(activity));
  }
  return entries.sort((a, b) => a.at - b.at);
}

function entryOfDecision(decision) {
  const {from, to, blocked_by: blocker} = decision;
  const isChange = to !== from && !blocker;
  const repeated = decision.count > 1
    ? ` (${decision.count} times until ${humaneTime(decision.until_s)})` : '';
  const wish = decision.kind === 'scale_out' ? 'scale out' : decision.kind === 'scale_in'
    ? 'scale in' : 'no change';
  const kept = blocker ? `: ${BLOCKERS[blocker] || blocker}` : '';
  return {
    at: decision.at_s, kind: isChange ? (to > from ? 'out' : 'in') : blocker ? 'blocked' : 'none',
    capacity: isChange ? `${from} → ${to}` : `${from}`, level: to,
    title: isChange ? `${to > from ? 'Scale out' : 'Scale in'} from ${from} to ${to}`
      : `Not scaled${kept}`,
    who: [decision.variant, decision.policy, decision.alarm].filter(Boolean).join(' · '),
    detail: decision.reason + repeated, wish, datapoints: decision.datapoints,
  };
}

function entryOfActivity(activity) {
  const {from, to, status} = activity;
  const kind = activity.not_scaled ? 'blocked' : status === 'Failed' ? 'failed'
    : to > from ? 'out' : to < from ? 'in' : 'none';
  const ended = activity.end_s === null ? 'in progress at the end'
    : `ended at ${humaneTime(activity.end_s)}`;
  return {
    at: activity.at_s, kind, capacity: from === to ? `${from}` : `${from} → ${to}`, level: to,
    title: activity.description || `Not scaled: ${activity.not_scaled}`, who: 'scaling activity',
    detail: `${activity.cause} ${status}, ${ended}. ${activity.message}`, datapoints: [],
  };
}

const GLYPHS = {out: '▲', in: '▼', blocked: '◇', failed: '✕', none: '·'};

function decisionPanel(entries) {
  const hasMarkers = entries.some(({kind}) => kind !== 'none');
  return el('div', {id: 'decision', class: 'panel', role: 'status'},
            el('p', {class: 'note'}, hasMarkers
              ? 'Choose a marker (▲ scale out, ▼ scale in, ◇ not scaled, ✕ failed) to read its '
                + 'reason.' : 'Nothing was decided.'));
}

function showDecision(panel, entry) {
  panel.replaceChildren(
      el('h4', {}, `${GLYPHS[entry.kind]} ${humaneTime(entry.at)}: ${entry.title}`),
      el('p', {}, entry.detail),
      el('p', {class: 'note'}, entry.who, entry.datapoints.length > 0
        ? `; datapoints ${entry.datapoints.map((value) => humaneNumber(value)).join(', ')}` : ''));
}

// Buttons over the chart, placed anew whenever its range changes. Where several would cover each
// other the most telling one stands for all; zooming in shows the others.
class Markers {
  constructor(entries, panel) {
    this.layer = el('div', {class: 'markers'});
    const rank = {failed: 0, out: 1, in: 2, blocked: 3, none: 4};
    this.marks = entries.filter(({kind}) => kind !== 'none')
        .sort((a, b) => rank[a.kind] - rank[b.kind] || a.at - b.at)
        .map((entry) => ({entry, button: this.button(entry, panel)}));
    const inTime = [...this.marks].sort((a, b) => a.entry.at - b.entry.at);
    this.layer.append(...inTime.map(({button}) => button));
  }

  button(entry, panel) {
    return el('button', {type: 'button', class: `marker ${entry.kind}`,
                         'aria-label': `${humaneTime(entry.at)}: ${entry.title}`,
                         title: `${humaneTime(entry.at)}: ${entry.title}`,
                         onclick: (event) => {
                           for (const {button} of this.marks) button.classList.remove('chosen');
                           event.currentTarget.classList.add('chosen');
                           showDecision(panel, entry);
                         }}, GLYPHS[entry.kind]);
  }

  place(u) {
    const ratio = devicePixelRatio || 1;
    const [left, width] = [u.bbox.left / ratio, u.bbox.width / ratio];
    const top = u.bbox.top / ratio;
    const taken = [];
    for (const {entry, button} of this.marks) {
      const x = u.valToPos(entry.at, 'x');
      const isHere = x >= 0 && x <= width && taken.every((other) => Math.abs(other - x) >= 24);
      button.hidden = !isHere;
      if (!isHere) continue;
      taken.push(x);
      button.style.left = `${left + x}px`;
      button.style.top = `${top + Math.max(12, u.valToPos(entry.level, 'y'))}px`;
    }
  }
}

const LOG_ROWS = 200;

function logSection(entries) {
  const body = el('div', {});
  const search = el('input', {type: 'search', id: 'log-filter',
                              placeholder: 'cooldown, 35m, policy …',
                              oninput: () => fill(LOG_ROWS)});
  const kind = el('select', {id: 'log-kind', onchange: () => fill(LOG_ROWS)},
                  [['', 'everything'], ['change', 'changes of capacity'], ['blocked', 'not scaled'],
                   ['failed', 'failed']].map(([value, text]) => el('option', {value}, text)));
  const count = el('output', {for: 'log-filter log-kind', 'aria-live': 'polite'});
  const texts = entries.map((entry) => [humaneTime(entry.at), entry.title, entry.capacity,
                                        entry.who, entry.detail]);
  const isWanted = (entry) => kind.value === '' || kind.value === entry.kind
    || (kind.value === 'change' && (entry.kind === 'out' || entry.kind === 'in'));
  const fill = (limit) => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = texts.filter((row, index) => isWanted(entries[index])
      && words.every((word) => row.join(' ').toLowerCase().includes(word)));
    count.textContent = `${found.length} of ${entries.length}`;
    const more = found.length > limit
      ? el('button', {type: 'button', onclick: () => fill(found.length)},
           `Show all ${found.length}`) : null;
    body.replaceChildren(table('Activities and decisions', [
      {title: 'at'}, {title: 'what'}, {title: 'capacity'}, {title: 'who'}, {title: 'why'}],
                               found.slice(0, limit)), ...(more ? [more] : []));
  };
  fill(LOG_ROWS);
  return section('log', 'Everything that was decided and done',
                 'Decisions that repeat themselves minute after minute are told once.',
                 el('div', {class: 'filters'}, el('label', {for: 'log-filter'}, 'filter'), search,
                    el('label', {for: 'log-kind'}, 'show'), kind, count), body);
}
