import path from 'node:path';
import { styleText } from 'node:util';
import { numberMarks } from '../core/agent/citationMarks';
import { checkWords, findingsOf, offeredWords, readDay } from '../core/agent/citationWords';
import type { Citation, MarkCheck, RetrievedCase, RunEvent } from '../core/agent/events';
import type { CallState, RunState, Suggestion } from '../core/agent/runState';
import { experimentNote } from '../core/agent/experimentNote';
import { foldOn, initialRunState } from '../core/agent/runState';
import { grouped } from '../core/common/count';
import { exactText } from '../core/common/exactText';
import { oneLine } from '../core/common/oneLine';
import { pointsWithInterval } from '../core/common/points';
import type { PlanTask } from '../core/memory/case';
import { printedSource } from '../core/agent/sourceLink';
import type { ApprovalScope, ApprovalSubject } from '../core/tools/tool';

type Style = Parameters<typeof styleText>[0];

export interface ScreenOptions {
  readonly color: boolean;
  /** How a command of this program is typed here, e.g. `memento`. */
  readonly program: string;
  write(text: string): void;
  /** Absolute path of a run's folder, in which the files are that it made. */
  readonly runFolder?: (runId: string) => string;
}

const ASKS: Readonly<Record<ApprovalSubject, string>> = {
  command: 'run',
  code: 'run',
  tool: 'call',
  url: 'fetch',
};

/** What one approval may hold for. */
export const ALL_OF: Readonly<Record<ApprovalScope, string>> = { searches: 'all searches of this run' };

/** Draws a run in a terminal, a block at a time as its events come; nothing is ever redrawn, so that it can be piped. */
export class Screen {
  state: RunState = initialRunState;
  readonly #options: ScreenOptions;

  constructor(options: ScreenOptions) {
    this.#options = options;
  }

  draw(event: RunEvent): void {
    this.state = foldOn(this.state, [event]);
    for (const line of this.#lines(event)) this.#options.write(`${line}\n`);
  }

  #lines(event: RunEvent): readonly string[] {
    const { state } = this;
    switch (event.type) {
      case 'run.started':
        return [this.#paint('bold', event.question.trim() || '(no question)')];
      case 'models.chosen':
        return [this.#paint('dim', `planner ${event.planner} · executor ${event.executor}`)];
      case 'cases.retrieved':
        return [...this.#title('Retrieved cases'), ...this.#cases(event)];
      case 'reuse.offered':
        return this.#reuse(event);
      case 'reuse.taken':
        return ['', `Reusing the accepted answer of case ${event.caseId}.`];
      case 'plan.proposed':
        return [
          ...this.#title(event.cycle === 1 ? 'Plan' : `Plan, cycle ${event.cycle}`),
          ...event.tasks.map(taskLine),
        ];
      case 'task.started':
        return ['', `${this.#paint('cyan', '▸')} ${describeTask(state, event.taskId)}`];
      case 'tool.returned': {
        const call = state.calls[event.callId];
        return call ? [this.#call(call), ...this.#files(call)] : [];
      }
      case 'command.ended':
        return [this.#paint('dim', `  ${event.callId}: the command in the background ended`)];
      case 'approval.requested':
        return [
          '',
          this.#paint('yellow', `  Approval needed to ${ASKS[event.what]}:`),
          ...indent(exactText(event.command), '    '),
          ...(event.code === null ? [] : indent(exactText(`\n${event.code}`), '    ')),
          ...event.reasons.map((reason) => this.#paint('dim', `    ${exactText(reason)}`)),
        ];
      case 'approval.resolved':
        return [this.#paint('dim', `  ${decisionWords(event)}`)];
      case 'approval.waived':
        return [
          this.#paint('dim', `  runs without asking: ${exactText(event.command)}`),
          ...event.reasons.map((reason) => this.#paint('dim', `    ${reason}`)),
        ];
      case 'task.finished': {
        const mark = event.status === 'done' ? this.#paint('green', '✓') : this.#paint('red', '✗');
        return indent(`${mark} ${oneLine(event.result, 300)}`, '  ');
      }
      case 'model.waiting': {
        const seconds = Math.max(1, Math.round((event.until - event.at) / 1000));
        return [this.#paint('yellow', `  Waiting ${seconds} s: ${event.reason}`)];
      }
      case 'notice':
        return [this.#paint('yellow', `  ${event.message}`)];
      case 'answer.ready':
        return this.#answer(state);
      case 'run.finished':
        return this.#ending(state);
      case 'case.stored':
        return this.#howToJudge(state);
      case 'feedback.suggested':
        return ['', suggestionLine(event)];
      case 'feedback.given':
        return ['', feedbackLine(event.reward, event.reason), ...[experimentNote(state) ?? []].flat()];
      case 'lessons.learned':
        return ['', ...lessonLines(event)];
      default:
        return [];
    }
  }

  #cases({ cases, whyNone }: Extract<RunEvent, { type: 'cases.retrieved' }>): readonly string[] {
    if (cases.length === 0 && whyNone === '') return ['  No similar past case yet.'];
    return [...(whyNone === '' ? [] : [`  ${whyNone}`]), ...cases.flatMap((found) => this.#case(found))];
  }

  #case(found: RetrievedCase): readonly string[] {
    const { advantage } = found;
    return [
      `  ${found.similarity.toFixed(2)}  ${judged(found)}  ${oneLine(found.question, 90)}  ${this.#paint('dim', found.caseId)}`,
      this.#paint('dim', `        ${found.why}`),
      ...(advantage
        ? [this.#paint('dim', `        estimated advantage ${pointsWithInterval(advantage)}`)]
        : []),
      ...(found.changedSources.length > 0
        ? [this.#paint('yellow', `        sources changed: ${found.changedSources.join(', ')}`)]
        : []),
      ...found.lessons.map((lesson) => this.#paint('dim', `        lesson: ${oneLine(lesson, 300)}`)),
    ];
  }

  #reuse(event: Extract<RunEvent, { type: 'reuse.offered' }>): readonly string[] {
    return [
      '',
      this.#paint(
        'green',
        `You accepted an answer to this question before (${offeredWords(event.sources)}).`,
      ),
      `  ${oneLine(event.answer, 200)}`,
      `  Take it, with its sources checked again: add --reuse.`,
    ];
  }

  #call(call: CallState): string {
    const mark = call.status === 'ok' ? this.#paint('green', '·') : this.#paint('red', '!');
    const args = this.#paint('dim', oneLine(JSON.stringify(call.arguments), 100));
    const took = call.repeated ? 'repeated' : `${call.durationMs ?? 0} ms`;
    return `    ${mark} ${call.tool} ${args} → ${oneLine(call.preview, 120)} ${this.#paint('dim', `(${took})`)}`;
  }

  #files({ files }: CallState): readonly string[] {
    const folder = this.#options.runFolder?.(this.state.runId);
    return files.map(({ path: file, bytes }) => {
      const place = folder === undefined ? file : path.join(folder, file);
      // A name may hold what a terminal acts on.
      const shown = /[\p{Cc}]/u.test(place) ? JSON.stringify(place) : place;
      return `      ${this.#paint('green', '+')} ${shown} ${this.#paint('dim', `(${grouped(bytes)} bytes)`)}`;
    });
  }

  #answer(state: RunState): readonly string[] {
    const sources = (state.citations ?? []).flatMap((citation) => this.#source(citation));
    return [
      ...this.#title('Answer'),
      ...indent(numberMarks(state), '  '),
      ...(sources.length > 0 ? [...this.#title('Sources'), ...sources] : []),
    ];
  }

  #source(citation: Citation): readonly string[] {
    const { n, quote, marks = [] } = citation;
    const day = readDay(citation);
    const differ = new Set(marks.map(checkWords)).size > 1;
    return [
      `  [${n}] ${printedSource(citation)}  ${this.#check(citation)}${day === '' ? '' : this.#paint('dim', `  read ${day}`)}`,
      `      ${this.#paint('dim', `“${oneLine(quote, 160)}”`)}`,
      ...(differ ? marks.map((mark) => `      ${oneLine(mark.text, 120)}: ${this.#check(mark)}`) : []),
    ];
  }

  #check(checked: Citation | MarkCheck): string {
    const findings = findingsOf(checked);
    const style = findings.includes('contradicted')
      ? 'red'
      : findings.includes('unverified')
        ? 'yellow'
        : 'green';
    return this.#paint(style, checkWords(checked));
  }

  #ending(state: RunState): readonly string[] {
    const { inputTokens, outputTokens, modelCalls } = state.usage;
    const seconds = ((state.finishedAt ?? state.startedAt) - state.startedAt) / 1000;
    const used = state.usedCases.length > 0 ? state.usedCases.join(', ') : 'none';
    const outcome = state.outcome ?? '';
    return [
      '',
      ...(state.error
        ? [this.#paint(state.outcome === 'failed' ? 'red' : 'yellow', state.error.message)]
        : []),
      `${this.#paint('bold', outcome)} in ${seconds.toFixed(1)} s · ${modelCalls} model calls, ${inputTokens + outputTokens} tokens, ${costInWords(state.usage)} · ${state.toolCalls} tool calls`,
      `cases used: ${used}`,
      this.#paint('dim', `run ${state.runId}`),
    ];
  }

  #howToJudge(state: RunState): readonly string[] {
    const { program } = this.#options;
    return [
      '',
      `Right?  ${program} feedback ${state.runId} accept`,
      `Wrong?  ${program} feedback ${state.runId} reject --reason "why"`,
    ];
  }

  #title(text: string): readonly string[] {
    return ['', this.#paint(['bold', 'underline'], text)];
  }

  #paint(style: Style, text: string): string {
    return this.#options.color ? styleText(style, text) : text;
  }
}

const judged = ({ reward, use }: RetrievedCase): string => {
  const words = reward === 1 ? 'accepted' : reward === 0 ? 'rejected' : 'not judged';
  return use === 'example' ? words : `${words}, ${use === 'avoid' ? 'to avoid' : 'not shown'}`;
};

export const feedbackLine = (reward: 1 | 0 | null, reason: string | null): string => {
  const words = reward === 1 ? 'Accepted' : reward === 0 ? 'Rejected' : 'Judgement withdrawn';
  return `${words}${reason ? ` (${reason})` : ''}: the memory has learned it.`;
};

function decisionWords({
  decision,
  holdsFor,
  reason,
}: Extract<RunEvent, { type: 'approval.resolved' }>): string {
  const words = holdsFor === undefined ? decision : `${decision}, with ${ALL_OF[holdsFor]}`;
  return reason ? `${words}: ${reason}` : words;
}

/** What another program thinks: never more than its words. */
export const suggestionLine = ({ reward, reason, by }: Suggestion): string =>
  `Suggested by ${oneLine(by, 60)}: ${reward === 1 ? 'accept' : 'reject'}${reason ? ` (${oneLine(reason, 300)})` : ''}. It counts only if you judge so.`;

export function lessonLines({
  lessons,
  error,
}: Extract<RunEvent, { type: 'lessons.learned' }>): readonly string[] {
  if (error) return [`No lesson was learned: ${error.message}`];
  if (lessons.length === 0) return ['The model found nothing worth remembering.'];
  return ['Lessons learned, for later plans:', ...lessons.map((lesson) => `  - ${lesson}`)];
}

const taskLine = ({ id, description, dependsOn }: PlanTask): string =>
  `  ${id}. ${description}${dependsOn.length > 0 ? ` (after ${dependsOn.join(', ')})` : ''}`;

const describeTask = (state: RunState, id: number): string =>
  `${id}. ${state.tasks.find((task) => task.id === id)?.description ?? ''}`;

const indent = (text: string, by: string): readonly string[] =>
  text.split('\n').map((line) => `${by}${line}`);

function costInWords({ cost, knownCost }: RunState['usage']): string {
  const dollars = (amount: number) => `$${amount.toFixed(amount > 0 ? 4 : 2)}`;
  if (cost !== null) return dollars(cost);
  return knownCost === undefined
    ? 'cost unknown (no price for this model)'
    : `at least ${dollars(knownCost)} (no price for one of the models)`;
}
