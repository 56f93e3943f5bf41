/**
 * What the memory report costs, and how often its intervals cry wolf.
 *   npm run bench -- report [--runs N, default 2000] [--repetitions N, default 1000] [--json]
 * Exits with 1 where the interval that holds at every look gives more than 5 % false alarms.
 */
import { parseArgs } from 'node:util';
import { type FalseAlarms, falseAlarms } from './report/falseAlarms';
import { type ReportCosts, reportCosts } from './report/costs';

const LIMIT = 0.05;

function main(): void {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '2000' },
      repetitions: { type: 'string', default: '1000' },
      json: { type: 'boolean', default: false },
    },
  });
  const print = (name: string, result: object, text: string) =>
    console.log(values.json ? JSON.stringify({ name, ...result }) : text);
  const costs = reportCosts(Number(values.runs));
  print('costs', costs, costsText(costs));
  for (const result of falseAlarms(Number(values.repetitions))) {
    print('false alarms', result, alarmsText(result));
    if (result.anytime > LIMIT) process.exitCode = 1;
  }
}

const costsText = ({ runs, cases, first, next, afterJudgement, records }: ReportCosts) =>
  `${runs} judged runs, ${cases} cases: report ${first.toFixed(0)} ms, again ${next.toFixed(0)} ms, after one more ` +
  `judgement ${afterJudgement.toFixed(0)} ms, the records of 200 cases ${records.toFixed(0)} ms`;

const alarmsText = ({ controlRate, share, drift, anytime, oneLook, width }: FalseAlarms) =>
  `control rate ${controlRate}, share accepted ${share}${drift > 0 ? `, rising by ${drift}` : ''}: false alarms in ` +
  `1000 looks ${(100 * anytime).toFixed(1)} %, with the usual interval ${(100 * oneLook).toFixed(1)} %; ` +
  `±${(50 * width).toFixed(0)} points at the end`;

main();
