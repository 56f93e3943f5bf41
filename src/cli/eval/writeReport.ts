/** The files of an evaluation's report, and what of it is shown at once. */
import path from 'node:path';
import type { EvaluationEnd } from '../../core/evaluation/evaluator';
import { curveSvg } from '../../core/evaluation/report/curve';
import { reportMarkdown } from '../../core/evaluation/report/markdown';
import { type ArmRow, summarise } from '../../core/evaluation/report/summary';
import { headline } from '../../core/evaluation/report/words';
import type { Round } from '../../core/evaluation/schedule/schedule';
import type { Split } from '../../core/evaluation/schedule/split';
import type { StartedEvaluation } from '../../core/evaluation/setup';
import type { Host } from '../host';
import { tableLines } from '../table';
import type { EvalCommand } from '../arguments';
import { CURVE, type OutFolder } from './outFolder';

interface Reported {
  readonly out: OutFolder;
  readonly begun: StartedEvaluation;
  readonly split: Split;
  readonly rounds: readonly Round[];
  readonly problems: readonly string[];
  readonly end: EvaluationEnd;
  readonly command: EvalCommand;
  readonly host: Host;
}

export async function writeReport(reported: Reported): Promise<void> {
  const { out, begun, split, rounds, problems, end, command, host } = reported;
  const { setup } = begun;
  // In the order of the schedule: what is said does not depend on which attempt ended first.
  const results = rounds.flat().flatMap(({ key }) => end.results.get(key) ?? []);
  const summary = summarise(results, setup.arms, setup.seed);
  const svg = curveSvg(summary);
  const attempts = { made: results.length, planned: rounds.flat().length };
  const removed = split.removed.map(({ question, repeats }) => ({ id: question.id, repeats }));
  const stopped =
    end.stopped === undefined ? undefined : `${end.stopped.words} The same command goes on with it.`;
  const curve = svg === '' ? undefined : CURVE;
  const markdown = reportMarkdown({ setup, summary, removed, problems, stopped, attempts, curve });
  const findings = headline(summary);
  const file = {
    setup,
    attempts,
    stopped: stopped ?? null,
    removed,
    problems,
    headline: findings,
    ...summary,
  };
  await out.report({ markdown, svg, summary: file });
  if (command.json) {
    host.write(`${JSON.stringify({ type: 'summary', out: out.path, ...file })}\n`);
    return;
  }
  host.write(
    `${[
      ...(stopped === undefined
        ? []
        : [`Not finished: ${attempts.made} of ${attempts.planned} attempts. ${stopped}`, '']),
      ...tableOf(summary.rows),
      '',
      ...findings,
      '',
      `Report: ${path.join(out.path, 'report.md')}`,
    ].join('\n')}\n`,
  );
}

function tableOf(rows: readonly ArmRow[]): readonly string[] {
  const share = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : (100 * value).toFixed(1);
  return tableLines(
    [
      'questions',
      'iteration',
      'arm',
      'n',
      'right %',
      'EM',
      'F1',
      'facts found',
      'cited',
      'cases shown',
      'tokens',
    ],
    rows.map((row) => [
      row.standing,
      String(row.iteration),
      row.arm,
      String(row.attempts),
      share(row.accuracy?.value),
      share(row.exact),
      share(row.f1),
      share(row.support?.found),
      share(row.support?.cited),
      row.shownCases.toFixed(1),
      Math.round(row.inputTokens + row.outputTokens).toString(),
    ]),
  );
}
