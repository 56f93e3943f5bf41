import assert from 'node:assert/strict';
import fc from 'fast-check';
import { numberMarks } from '../../../src/core/agent/citationMarks';
import { conversationBefore } from '../../../src/core/agent/conversation';
import type { RunEvent } from '../../../src/core/agent/events';
import { EvidenceLog } from '../../../src/core/agent/evidenceLog';
import { experimentNote } from '../../../src/core/agent/experimentNote';
import {
  callKey,
  knownBefore,
  pastRun,
  recalledBefore,
  resumptionOf,
  unsettledCalls,
} from '../../../src/core/agent/pastRun';
import { foldProgress, NO_PROGRESS } from '../../../src/core/agent/runProgress';
import { foldRun, initialRunState, runState } from '../../../src/core/agent/runState';
import { answerText } from '../../../src/core/export/answerText';
import { exportedRun, RUN_FORMATS } from '../../../src/core/export/exportedRun';
import { exportText } from '../../../src/core/export/exportText';
import { progressLine } from '../../../src/core/served/progress';
import { servedAnswer, servedAnswerText } from '../../../src/core/served/answer';
import { Screen } from '../../../src/cli/screen';
import { eventsOf, lineOf, summaryOf } from '../../../src/node/runLog';
import { remediesOf } from '../../../src/protocol/remedies';
import { questionOf, withLostCommands } from '../../../src/vscode/runLog';
import { targetOf } from '../../../src/vscode/sourceTarget';
import { HARD_RUNS } from '../../fakes/hard-run-events';
import { memoryBank } from '../../fakes/memoryBank';
import { ManualClock } from '../../fakes/memoryRuns';
import { RUNS } from '../../fakes/run-events';
import { isPlainData } from '../expect';
import { fuzz } from '../fuzz';
import { damaged, INHERITED, jsonOf, textOf, withOtherValues } from '../inputs';

const LOGS = Object.values(RUNS).map((events) => events.map(lineOf).join(''));
const TOKENS = [
  '\n',
  '\r',
  '{',
  '}',
  '"',
  '\0',
  '{"v":1,"seq":1,"at":1,"runId":"r","type":"run.finished"',
  '\ufeff',
  ',',
  '1e400',
  '-1',
  'null',
  '"constructor"',
  '[[],{}]',
];
const log = damaged(fc.constantFrom(...LOGS), TOKENS);
const KEYS = ['v', 'seq', 'at', 'runId', 'type', 'question', 'outcome', 'parentRunId'];
const foreign = fc
  .array(jsonOf(KEYS, [1, 'run.started', 'run.finished', 'notice', 'toString']), { maxLength: 6 })
  .map((values) => values.map((value) => `${JSON.stringify(value) ?? ''}\n`).join(''));

fuzz(
  'run log: torn and foreign lines cost themselves alone',
  [log, fc.oneof(foreign, textOf(TOKENS))],
  (text, more) => {
    const events = eventsOf(text);
    const alone = eventsOf(more);
    assert.deepEqual(eventsOf(`${text}\n${more}`), [...events, ...alone]);
    for (const event of [...events, ...alone]) assert.deepEqual(eventsOf(lineOf(event)), [event]);
  },
);

fuzz(
  'run log: a line that was cut off is left out, those before it are there',
  [fc.constantFrom(...LOGS), fc.double({ min: 0, max: 1, noNaN: true })],
  (text, share) => {
    const end = Math.floor(share * text.length);
    const whole = eventsOf(text);
    const lines = text.slice(0, end).split('\n').length - 1;
    const left = eventsOf(text.slice(0, end));
    // The last line may lack its end only.
    assert.ok(left.length === lines || left.length === lines + 1);
    assert.deepEqual(left, whole.slice(0, left.length));
    assert.doesNotThrow(() => runState(left));
  },
);

fuzz(
  'run log: a run is folded alike at once and event by event, as far as it came',
  [fc.constantFrom(...Object.values(RUNS)), fc.nat(60)],
  (events, count) => {
    const some = events.slice(0, count);
    assert.deepEqual(some.reduce(foldRun, initialRunState), runState(some));
  },
);

fuzz('run log: a summary of any beginning and end', [log, fc.oneof(log, foreign)], (head, tail) => {
  const summary = summaryOf('r1', head, tail);
  assert.ok(summary === undefined || summary.runId === 'r1');
});

const LONG = '01JTESTRUN0000000000000001';
const ALL: readonly RunEvent[] = [...Object.values(RUNS), ...Object.values(HARD_RUNS)]
  .filter(({ length }) => length < 200)
  .flat();
const DEEP = '['.repeat(6_000) + ']'.repeat(6_000);
/** Names of fields, and what stands in some: what a reader of events knows. */
const NAMES = [...new Set(ALL.flatMap((event) => Object.keys(event)))];
const KNOWN = [
  ...new Set(
    ALL.flatMap((event): readonly unknown[] => Object.values({ ...event })).filter(
      (value) => typeof value !== 'object',
    ),
  ),
];
const other = fc.oneof(
  jsonOf(NAMES, [...KNOWN, ...INHERITED, 1e300, 8.7e15, -8.7e15, 2 ** 53, LONG, 'e1', 'c1']),
  fc.constant('{deep}'),
  fc.record({ kind: fc.constantFrom('lines', 'pages', 'range', 'entry', 'moon'), start: fc.integer() }),
);
const oddLine = withOtherValues(fc.constantFrom(...ALL), other).map(lineOfAny);
/** A whole run in which some lines are other ones, or stand beside them. */
const oddRun = fc
  .tuple(
    fc.constantFrom(...Object.values(RUNS), ...Object.values(HARD_RUNS)),
    fc.array(fc.tuple(fc.nat(80), fc.boolean(), oddLine), { minLength: 1, maxLength: 4 }),
  )
  .map(([events, changes]) => {
    const lines = events.map(lineOf);
    for (const [at, isInPlace, line] of changes)
      lines.splice(at % (lines.length + 1), isInPlace ? 1 : 0, line);
    return lines;
  });

/** `{deep}` is nested deeper than it can be written in one go. */
function lineOfAny(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return `${text.replaceAll('"{deep}"', DEEP)}\n`;
}

/** What stands in a text where something of another type was taken for one. */
const NO_TEXT = /\bundefined\b|\[object \w+\]|\bNaN\b|Infinity|Invalid Date|native code/;

/** All that is shown, exported, told or gone on with of a run, by its events. */
async function readAll(events: readonly RunEvent[]): Promise<readonly string[]> {
  const state = runState(events);
  const shown: string[] = [];
  const screen = new Screen({ color: false, program: 'memento', write: (text) => shown.push(text) });
  for (const event of events) {
    screen.draw(event);
    shown.push(progressLine(event) ?? '');
  }
  const progress = events.reduce(foldProgress, NO_PROGRESS);
  assert.ok(Number.isFinite(progress.startedAt));
  const document = exportedRun(state);
  isPlainData(document);
  for (const format of RUN_FORMATS) shown.push(await exportText(document, format, () => undefined));
  shown.push(
    answerText(state),
    numberMarks(state),
    servedAnswerText(servedAnswer(state)),
    experimentNote(state) ?? '',
    questionOf(events) ?? '',
  );
  for (const citation of state.citations ?? []) {
    const evidence = state.evidence[citation.evidence];
    if (evidence) shown.push(JSON.stringify(targetOf(evidence, citation, 0)));
  }
  if (state.error) assert.ok(Array.isArray(remediesOf(state.error.code)));
  assert.ok(Object.values(state.calls).every(({ files }) => Array.isArray(files)));
  await goOn(events);
  return shown;
}

const bank = await memoryBank();

async function goOn(events: readonly RunEvent[]): Promise<void> {
  const past = pastRun(withLostCommands(events, () => false));
  assert.ok(!Object.values(past.state.calls).some(({ status }) => status === 'running'));
  const resumption = resumptionOf(past);
  if (resumption) {
    assert.ok(past.state.tasks.every(({ id }) => id <= resumption.lastTask || id <= 0));
    assert.ok(Number.isSafeInteger(resumption.lastTask + 1) && Number.isSafeInteger(resumption.cycle));
  }
  unsettledCalls(past);
  for (const call of Object.values(past.state.calls)) callKey(call.tool, call.arguments);
  await recalledBefore(past, bank);
  const read = () => Promise.resolve(events);
  const turns = await conversationBefore(LONG, { read });
  for (const { cited } of turns) for (const { text } of cited) assert.equal(typeof text, 'string');
  const known = [...knownBefore(past), ...Object.values(past.state.evidence)];
  const found = new EvidenceLog(undefined, new ManualClock(), () => undefined, known);
  const added = await found.add('c1', {
    source: 'new.md',
    title: '',
    locator: { kind: 'whole' },
    text: LONG,
  });
  assert.ok(!Object.hasOwn(past.state.evidence, added.id), 'what is found next has an id of its own');
  assert.match(added.id, /^e\d+$/);
}

fuzz(
  'run log: what others wrote is read as it is meant or left out, and a run with it can be shown, exported and resumed',
  [oddRun],
  async (lines) => {
    const events = eventsOf(lines.join(''));
    assert.deepEqual(
      events,
      lines.flatMap((line) => eventsOf(line)),
    );
    for (const event of events) assert.deepEqual(eventsOf(lineOf(event)), [event]);
    for (const text of await readAll(events)) assert.doesNotMatch(text, NO_TEXT);
  },
);

fuzz('run log: a damaged one can be shown, exported and resumed', [log], async (text) => {
  for (const shown of await readAll(eventsOf(text))) assert.doesNotMatch(shown, NO_TEXT);
});

fuzz(
  'run log: what every event has does not make an event',
  [fc.constantFrom(...new Set(ALL.map(({ type }) => type))), jsonOf(NAMES, KNOWN)],
  (type, more) => {
    const head = { v: 1, seq: 1, at: 1, runId: 'r', type };
    const bare = eventsOf(lineOfAny(head));
    assert.ok(bare.length === 0 || /^run\.(?:interrupted|resumed)$/.test(type));
    const isObject = typeof more === 'object' && more !== null && !Array.isArray(more);
    const read = eventsOf(lineOfAny(isObject ? { ...more, ...head } : head));
    assert.doesNotThrow(() => runState(read));
  },
);
