/** The runs whose overhead and prompts are measured. */
import { documentPath } from './documents';
import type { Script, ScriptedCall, ScriptedTask } from './script';

const search = (query: string): ScriptedCall => ({ name: 'search_workspace', arguments: { query } });
const read = (path: string): ScriptedCall => ({ name: 'read_file', arguments: { path } });

/** On examples/sample-workspace: one task, two calls. */
export const SMALL: Script = {
  question: 'Who found the North Buoy after it broke loose, and where?',
  plans: [
    [
      {
        id: 1,
        description: 'Find the report of the North Buoy incident, and read who found it and where.',
        dependsOn: [],
        calls: [search('North Buoy broke loose found'), read('incident-2023-07.md')],
      },
    ],
  ],
};

/** On examples/sample-workspace: three tasks that do not depend on one another, as planners are told to prefer, and one on top. */
export const MEDIUM: Script = {
  question:
    'What did the incident of July 2023 cost, who decided what about it, and what should be done next?',
  plans: [
    [
      {
        id: 1,
        description: 'Find what was broken in the incident of July 2023 and who repaired it.',
        dependsOn: [],
        calls: [search('incident July 2023 damage repair'), read('incident-2023-07.md'), search('Fjellmark')],
      },
      {
        id: 2,
        description: 'Find what the steering group decided about moorings and money in 2023.',
        dependsOn: [],
        calls: [
          search('steering group decided'),
          read('minutes/2023-09-20.md'),
          read('minutes/2023-04-12.md'),
        ],
      },
      {
        id: 3,
        description: 'Find the budget of 2023 and what was spent on instruments.',
        dependsOn: [],
        calls: [read('data/budget-2023.csv'), read('data/budget-2022.csv'), search('budget instruments')],
      },
      {
        id: 4,
        description: 'Say what should be done next, by the recommendation and the decisions.',
        dependsOn: [1, 2, 3],
        calls: [search('inspect the chain recommendation'), read('protocols/sampling-2023.md')],
      },
    ],
  ],
};

/** The same with each task on top of all before it: what a task depends on is in each of its prompts. */
export const CHAINED: Script = { ...MEDIUM, plans: MEDIUM.plans.map((tasks) => tasks.map(chained)) };

function chained(task: ScriptedTask, index: number): ScriptedTask {
  return { ...task, dependsOn: Array.from({ length: index }, (_, before) => before + 1) };
}

/** On generated documents: two plans of `tasks` tasks, each of which reads `reads` whole documents. */
export const long = (tasks: number, reads: number): Script => ({
  question: REPORTS,
  plans: [0, 1].map((cycle) =>
    Array.from({ length: tasks }, (_, n) => readingTask(n + 1, cycle * tasks + n, reads)),
  ),
});

/** One after the other, so that nothing of the agent's own time is hidden behind another task's tool. */
export const inARow = (tasks: number, reads: number): Script => ({
  question: REPORTS,
  plans: [Array.from({ length: tasks }, (_, n) => chained(readingTask(n + 1, n, reads), n))],
});

const REPORTS =
  'What do the reports of the field station say of each instrument, and where do they contradict each other?';

function readingTask(id: number, n: number, reads: number): ScriptedTask {
  return {
    id,
    description: `Read reports ${n * reads + 1} to ${(n + 1) * reads} and say what they tell of each instrument.`,
    dependsOn: [],
    calls: Array.from({ length: reads }, (_, i) => read(documentPath(n * reads + i))),
  };
}
