/** What a user of the sample workspace asked in the weeks before the pictures: cases, and the runs that made them. */
import type { Case, PlanTask, Reward } from '../../src/core/memory/case';
import type { StoredVector } from '../../src/core/memory/storedVector';
import type { MemoryRecord } from '../../src/core/memory/transfer/record';
import { someCase } from '../fakes/memoryBank';
import { someOutcome } from '../fakes/runOutcomes';

interface PastQuestion {
  readonly question: string;
  readonly plan: readonly string[];
  readonly shortAnswer: string;
  readonly source: string;
  readonly reward: Reward;
  readonly reason?: string;
  readonly hoursAgo: number;
  /** Places in this list of the cases that its planner was shown. */
  readonly shown?: readonly number[];
}

const PAST: readonly PastQuestion[] = [
  {
    question: 'When did the bloom of August 2023 peak, and what was the chlorophyll?',
    plan: ['Search the field notes for the peak of the bloom', 'Read the month it names'],
    shortAnswer: '1 August, 48 µg/l',
    source: 'notes/2023-08.md',
    reward: 1,
    hoursAgo: 500,
  },
  {
    question: 'What was decided about visits to the Kettle, and was it changed later?',
    plan: ['Read the minutes of April and of September', 'Compare the two decisions'],
    shortAnswer: 'Every two weeks in April; every week since September',
    source: 'minutes/2023-09-20.md',
    reward: 1,
    hoursAgo: 430,
    shown: [0],
  },
  {
    question: 'What did the steering group decide about the oxygen at the Kettle?',
    plan: ['Search the minutes for oxygen'],
    shortAnswer: 'A visit every two weeks',
    source: 'minutes/2023-04-12.md',
    reward: 0,
    reason: 'the April minutes; September reversed them',
    hoursAgo: 405,
    shown: [0],
  },
  {
    question: 'Why did the North Buoy break loose, and who found it?',
    plan: ['Read the incident report'],
    shortAnswer: 'A shackle had rusted through; Leif Sandoe',
    source: 'incident-2023-07.md',
    reward: 1,
    hoursAgo: 260,
    shown: [1],
  },
  {
    question: 'Which protocol is in force for chlorophyll samples?',
    plan: ['Search the protocols for chlorophyll'],
    shortAnswer: '500 ml within four hours',
    source: 'protocols/sampling-2022.md',
    reward: 0,
    reason: 'superseded in March 2023',
    hoursAgo: 214,
  },
  {
    question: 'What does the protocol of 2023 change for chlorophyll samples?',
    plan: ['Read both protocols', 'Compare them step by step'],
    shortAnswer: '750 ml within two hours, stored at −80 °C',
    source: 'protocols/sampling-2023.md',
    reward: 1,
    hoursAgo: 213,
    shown: [1],
  },
  {
    question: 'How long did the August bloom close the beach at Reed Bay?',
    plan: ['Search the field notes for the peak of the bloom', 'Count the days the beach was closed'],
    shortAnswer: '15 days',
    source: 'notes/2023-08.md',
    reward: 1,
    hoursAgo: 92,
    shown: [0],
  },
  {
    question: 'What did the bloom in August do to the fish?',
    plan: ['Search the field notes for fish', 'Read the month it names'],
    shortAnswer: 'Roach gasped at the surface',
    source: 'notes/2023-08.md',
    reward: 1,
    hoursAgo: 52,
    shown: [0, 1],
  },
  {
    question: 'How often is the Kettle visited, and how deep is it?',
    plan: ['Read the list of stations', 'Check the minutes for a later decision'],
    shortAnswer: '41 m; every week from 2024 on',
    source: 'data/stations.json',
    reward: 1,
    hoursAgo: 27,
    shown: [1],
  },
  {
    question: 'Who must sign for a new fluorometer?',
    plan: ['Search the files for orders and signatures'],
    shortAnswer: 'Mara Lindqvist',
    source: 'people.md',
    reward: null,
    hoursAgo: 26,
  },
];

const HOUR = 3_600_000;

/** @param encode vectors of questions, in their order */
export async function stationRecords(
  now: number,
  encode: (questions: readonly string[]) => Promise<readonly StoredVector[]>,
): Promise<readonly MemoryRecord[]> {
  const cases = PAST.map((past) => caseOf(past, now));
  const vectors = await encode(PAST.map(({ question }) => question));
  return PAST.flatMap(({ shown = [] }, i): MemoryRecord[] => {
    const [made, vector] = [cases[i], vectors[i]];
    if (!made || !vector) return [];
    const { record } = someOutcome(i, {
      runId: made.runId,
      at: made.createdAt,
      question: made.question,
      vector,
      chosen: shown.flatMap((place) => cases[place]?.id ?? []),
    });
    return [
      { type: 'case', case: made, vectors: [vector] },
      { type: 'run', run: record },
    ];
  });
}

function caseOf(
  { question, plan, shortAnswer, source, reward, reason, hoursAgo }: PastQuestion,
  now: number,
): Case {
  const createdAt = now - hoursAgo * HOUR;
  return someCase({
    question,
    plan: plan.map((description, i): PlanTask => ({ id: i + 1, description, dependsOn: i === 0 ? [] : [i] })),
    answer: `${shortAnswer} [e1].`,
    shortAnswer,
    reward,
    reason: reason ?? null,
    createdAt,
    judgedAt: reward === null ? null : createdAt + HOUR / 4,
    provenance: {
      models: { planner: 'local-model', executor: 'local-model' },
      tools: ['search_workspace', 'read_file'],
      retrievedCases: [],
      usedCases: [],
      sources: [{ source, title: source, hash: null }],
    },
  });
}
