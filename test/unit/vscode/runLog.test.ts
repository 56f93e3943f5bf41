import assert from 'node:assert/strict';
import type { RunEvent, RunEventBody } from '../../../src/core/agent/events';
import { runState } from '../../../src/core/agent/runState';
import { withLostCommands } from '../../../src/vscode/runLog';

const log = (...bodies: readonly RunEventBody[]): RunEvent[] =>
  bodies.map((body, seq) => ({ v: 1, seq, at: 1000 + seq, runId: 'R', ...body }));

const leaves = (callId: string): readonly RunEventBody[] => [
  { type: 'tool.called', taskId: 1, callId, tool: 'run_command', arguments: {} },
  {
    type: 'tool.returned',
    callId,
    ok: true,
    preview: '',
    artifact: null,
    background: true,
    durationMs: 5,
  },
];

describe('the log of a run that left commands running', () => {
  it('tells those as lost that do not run in this window', () => {
    const events = log(
      { type: 'run.started', question: 'How deep?', parentRunId: null, workspace: null },
      ...leaves('c1'),
      ...leaves('c2'),
      ...leaves('c3'),
      { type: 'command.ended', callId: 'c3', endedBy: 'exit', exitCode: 0 },
    );
    const { calls } = runState(withLostCommands(events, (callId) => callId === 'c1'));
    assert.deepEqual(
      Object.values(calls).map(({ background }) => background),
      ['running', 'lost', 'exit'],
    );
  });
});
