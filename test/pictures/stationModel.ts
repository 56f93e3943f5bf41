/** A model that plans, works and answers one question on the sample workspace: what it cites is what its tools found. */
import type { ModelRequest, ScriptedReply } from '../fakes/modelServer';

export const QUESTION = 'What did the August bloom do to the Kettle, and what was decided?';

interface Work {
  readonly description: string;
  readonly dependsOn: readonly number[];
  readonly calls: readonly { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }[];
  /** A source in square brackets stands for the evidence that was found in it. */
  readonly result: string;
}

const PLAN: readonly Work[] = [
  {
    description: 'Find when the bloom peaked, and what the notes say of oxygen',
    dependsOn: [],
    calls: [
      { name: 'search_workspace', arguments: { query: 'bloom peak chlorophyll oxygen August 2023' } },
      { name: 'read_file', arguments: { path: 'notes/2023-08.md' } },
    ],
    result: 'Peak on 1 August at 48 µg/l; on 15 August oxygen was below 2 mg/l [notes/2023-08.md].',
  },
  {
    description: 'Follow the measured oxygen at the bottom of the Kettle',
    dependsOn: [],
    calls: [{ name: 'read_document', arguments: { path: 'data/temperature-2023.csv', find: 'Kettle' } }],
    result: 'From 3.2 mg/l on 18 July to 1.9 mg/l on 15 August [data/temperature-2023.csv].',
  },
  {
    description: 'Compare the decisions of April and September on visits to the Kettle',
    dependsOn: [1, 2],
    calls: [
      { name: 'read_file', arguments: { path: 'minutes/2023-04-12.md' } },
      { name: 'read_file', arguments: { path: 'minutes/2023-09-20.md' } },
    ],
    result:
      'A weekly visit was rejected in April [minutes/2023-04-12.md] and decided in September [minutes/2023-09-20.md].',
  },
];

/** One of its claims is wrong, as a model's may be. */
const ANSWER = {
  answer: [
    'On 15 August “Oxygen at the bottom of the Kettle was below 2 mg/l.” [notes/2023-08.md]',
    'The loss of oxygen was missed for nine days [minutes/2023-09-20.md].\n\n',
    'From 2024 on the Kettle is visited every week [minutes/2023-09-20.md].',
    'In April a weekly visit was rejected for lack of money [minutes/2023-04-12.md].',
  ].join(' '),
  shortAnswer: 'Oxygen fell below 2 mg/l; from 2024 on it is visited every week',
};

/** What it says of the claims that rules leave open: words of the claim, and those of its source. */
const SUPPORTED = [
  ['nine days', 'the loss of oxygen in August was missed for nine days'],
  ['every week', 'From 2024 on the Kettle is visited every week.'],
] as const;

function checked(text: string) {
  return [...text.matchAll(/<claim number="(\d+)"[^>]*>([^<]*)/g)].map(([, claim, said = '']) => {
    const words = SUPPORTED.find(([part]) => said.includes(part))?.[1];
    return { claim: Number(claim), verdict: words ? 'supported' : 'unclear', words: words ?? '' };
  });
}

const USAGE = { inputTokens: 2_870, outputTokens: 214 };

/** Answers each request of a run by what it asks; the ids of the evidence are those of the tools' results so far. */
export function stationModel(): (request: ModelRequest) => ScriptedReply {
  const idOf = new Map<string, string>();
  return ({ body: { messages }, text }) => {
    for (const { role, content } of messages) if (role === 'tool') noteEvidence(content ?? '', idOf);
    return { ...replyTo(text, messages, idOf), usage: USAGE };
  };
}

function noteEvidence(found: string, idOf: Map<string, string>): void {
  for (const [, id = '', source = ''] of found.matchAll(/\[(e\d+)\] ([\w./-]+?)(?=[:#,\s])/g))
    idOf.set(source, id);
}

function replyTo(
  text: string,
  messages: ModelRequest['body']['messages'],
  idOf: ReadonlyMap<string, string>,
): { readonly text: string } | { readonly toolCalls: Work['calls'] } {
  const cited = (words: string) =>
    words.replace(/\[([\w./-]+)\]/g, (_, source: string) => `[${idOf.get(source) ?? 'e0'}]`);
  if (text.includes('You check citations')) return { text: JSON.stringify({ claims: checked(text) }) };
  const task = PLAN.find(({ description }) => text.includes(`Your task: ${description}`));
  if (task) {
    const call = task.calls[messages.filter(({ role }) => role === 'tool').length];
    return call ? { toolCalls: [call] } : { text: cited(task.result) };
  }
  const isDone =
    text.includes(PLAN.at(-1)?.result.slice(0, 20) ?? '') || text.includes('You wrote an answer');
  return { text: JSON.stringify(isDone ? { ...ANSWER, answer: cited(ANSWER.answer) } : planOf(text)) };
}

/** Follows the cases that it is shown. */
const planOf = (text: string) => ({
  plan: PLAN.map(({ description, dependsOn }, i) => ({ id: i + 1, description, dependsOn })),
  usedCases: [...text.matchAll(/<case id="(\w+)"[^>]*>/g)].slice(0, 1).map(([, id]) => id),
});
