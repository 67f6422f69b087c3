// The pages that every test of all pages looks at: one line for each. `args` follow the command's
// name; files are looked for below scenarios/, then in the folder of the same name beside this one.

export const KINDS = [
  {kind: 'run', name: 'target tracking', args: ['seed/target_tracking.scenario.yaml']},
  {kind: 'run', name: 'failing', args: ['failing.scenario.yaml'], code: 1},
  {kind: 'run', name: 'three variants', args: ['lessons/canary_and_shadow.scenario.yaml']},
  {kind: 'run', name: '24 hours', args: ['lessons/broken/min_above_need.scenario.yaml']},
  {kind: 'run', name: 'without scaling', args: ['without_scaling.scenario.yaml']},
  {kind: 'run', name: 'one minute', args: ['one_minute.scenario.yaml']},
  {kind: 'run', name: 'several runs', args: ['spiky.scenario.yaml', '--runs', '3']},
  {kind: 'run', name: 'hostile', args: ['hostile.scenario.yaml', '--set',
                                        'description=</script><img src=x>\u202e']},
  {kind: 'compare', name: 'two files', args: [
    'seed/target_tracking.scenario.yaml', 'seed/aggressive.scenario.yaml', '--runs', '3']},
  {kind: 'compare', name: 'hostile', args: [
    'hostile.scenario.yaml', '--set', 'endpoint.startup.exact=5m', '--runs', '2']},
  {kind: 'sweep', name: 'one parameter', args: [
    'lessons/cold_start.scenario.yaml', '-p', 'endpoint.startup.typical=2m:4m:1m', '--runs', '2']},
  {kind: 'sweep', name: 'spans', args: [
    'lessons/cold_start.scenario.yaml', '-p', 'endpoint.startup.typical=90s,2m,4m']},
  {kind: 'sweep', name: 'two parameters', args: [
    'without_scaling.scenario.yaml', '-p', 'endpoint.initial_instances=1:3:1', '-p',
    'endpoint.routing=RANDOM,LEAST_OUTSTANDING_REQUESTS']},
  {kind: 'sweep', name: 'hostile', args: [
    'hostile.scenario.yaml', '-p', 'endpoint.startup.exact=1m,5m']},
  {kind: 'test', name: 'failing', args: ['failing.scenario.yaml'], code: 1},
  {kind: 'test', name: 'with coverage', args: ['control/m_of_n.test.yaml', '--coverage']},
  {kind: 'test', name: 'hostile', args: ['hostile.test.yaml'], code: 1},
  {kind: 'tune', name: 'not found', args: ['failing.scenario.yaml'], code: 1},
  {kind: 'tune', name: 'hostile', args: ['hostile.scenario.yaml']},
  {kind: 'plan', name: 'holds', args: ['seed/plan.scenario.yaml', '--utilization', '55%',
                                       '--cpu', '50%']},
  {kind: 'plan', name: 'compared', args: ['candidates.scenario.yaml', '--utilization', '40%,60%']},
  {kind: 'plan', name: 'does not hold', code: 1,
   args: ['seed/plan.scenario.yaml', '--optimize', 'cost']},
  {kind: 'plan', name: 'hostile', args: ['hostile.scenario.yaml'], code: 1},
];
