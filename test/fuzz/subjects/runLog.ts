import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldRun, initialRunState, runState } from '../../../src/core/agent/runState';
import { eventsOf, lineOf, summaryOf } from '../../../src/node/runLog';
import { RUNS } from '../../fakes/run-events';
import { fuzz } from '../fuzz';
import { damaged, jsonOf, textOf } from '../inputs';

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
