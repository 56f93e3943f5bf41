import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunEvent } from '../../src/core/agent/events';
import { isTransient } from '../../src/core/agent/events';
import { formatSource } from '../../src/core/tools/evidence';

/** A run as text for review: an event a line, without what differs from run to run (times, hashes, paths). */
export function transcript(events: readonly RunEvent[]): string {
  return `${events.flatMap(lines).join('\n')}\n`;
}

/** Compares with test/golden/<name>.txt; UPDATE_GOLDEN=1 writes it instead. */
export function assertGolden(name: string, actual: string): void {
  const file = path.join(import.meta.dirname, `${name}.txt`);
  if (process.env['UPDATE_GOLDEN'] || !existsSync(file)) {
    assert.ok(
      process.env['UPDATE_GOLDEN'],
      `${file} is missing: run with UPDATE_GOLDEN=1 and review what it writes.`,
    );
    writeFileSync(file, actual);
  }
  assert.equal(actual, readFileSync(file, 'utf8'));
}

function lines(event: RunEvent): readonly string[] {
  if (isTransient(event)) return [];
  switch (event.type) {
    case 'run.exposed':
      return [`has read what others wrote: ${event.source}`];
    case 'approval.waived':
      return [`not asked for ${event.callId}: ${event.command} | ${event.reasons.join(' ')}`];
    case 'run.started':
      return [`run started: ${event.question}`];
    case 'models.chosen':
      return [`models: planner ${event.planner}, executor ${event.executor}`];
    case 'cases.retrieved':
      return [
        `cases retrieved by ${event.policy}: ${event.cases.length}`,
        ...event.cases.map(
          (found) =>
            `  ${found.use} ${found.similarity.toFixed(2)} reward ${found.reward}: ${found.question} | ${found.why}${found.lessons.map((lesson) => `\n    lesson: ${lesson}`).join('')}`,
        ),
      ];
    case 'reuse.offered':
      return [
        `reuse offered: ${event.sources.map(({ source, changed }) => `${source}${changed ? ' (changed)' : ''}`).join(', ')}`,
      ];
    case 'plan.proposed':
      return [
        `plan ${event.cycle}${event.usedCases.length > 0 ? `, using ${event.usedCases.length} case(s)` : ''}:`,
        ...event.tasks.map(
          (task) =>
            `  ${task.id}. ${task.description}${task.dependsOn.length > 0 ? ` <${task.dependsOn.join(', ')}>` : ''}`,
        ),
      ];
    case 'task.started':
      return [`task ${event.taskId} started`];
    case 'task.finished':
      return [`task ${event.taskId} ${event.status}: ${event.result}`];
    case 'tool.called':
      return [`  ${event.callId} ${event.tool} ${JSON.stringify(event.arguments)}`];
    case 'approval.requested':
      return [`  ${event.callId} asks to run: ${event.command}`];
    case 'approval.resolved':
      return [`  ${event.callId} ${event.decision}${event.holdsFor ? `, with all ${event.holdsFor}` : ''}`];
    case 'evidence.added':
      return [
        `  ${event.id} ${formatSource(event.source, event.locator)} (${event.title}): ${JSON.stringify(event.text)}`,
      ];
    case 'tool.returned':
      return [
        `  ${event.callId} ${event.ok ? 'ok' : 'failed'}: ${event.preview}${event.background ? ' …' : ''}`,
      ];
    case 'command.ended':
      return [`  ${event.callId} ended: ${event.endedBy} ${event.exitCode}`];
    case 'answer.ready':
      return [
        'answer:',
        ...event.answer.split('\n').map((line) => `  ${line}`),
        `short: ${event.shortAnswer}`,
        ...event.citations.map(
          (c) =>
            `  [${c.n}] ${c.evidence} ${formatSource(c.source, c.locator)} ${c.verdict}${c.claim === 'unchecked' ? '' : `, claim ${c.claim}`}: ${c.quote}`,
        ),
      ];
    case 'usage':
      return [`usage: ${event.modelCalls} model calls, ${event.inputTokens} in, ${event.outputTokens} out`];
    case 'run.finished':
      return [
        `finished: ${event.outcome}${event.error ? ` (${event.error.code}) ${event.error.message}` : ''}`,
      ];
    case 'notice':
      return [`notice ${event.code}: ${event.message}`];
    case 'feedback.given':
      return [`feedback: ${event.reward}${event.reason === null ? '' : `, ${event.reason}`}`];
    case 'lessons.learned':
      return [
        `lessons (${event.usage.modelCalls} model calls, ${event.usage.inputTokens} in, ${event.usage.outputTokens} out)${event.error ? `: (${event.error.code}) ${event.error.message}` : ':'}`,
        ...event.lessons.map((lesson) => `  - ${lesson}`),
      ];
    default:
      return [event.type];
  }
}
