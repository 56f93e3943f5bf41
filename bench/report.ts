/**
 * What the memory report costs, and how often its intervals cry wolf.
 *   npm run bench -- report [--runs N, default 2000] [--repetitions N, default 1000] [--json] [--quick]
 * --quick: 500 runs and 300 repetitions. Takes about 20 s. Exits with 1 where the interval that holds at every look gives more than 5 % false alarms.
 */
import { parseArgs } from 'node:util';
import { type FalseAlarms, falseAlarms } from './report/falseAlarms';
import { type ReportCosts, reportCosts } from './report/costs';
import { closeWith, type Figure } from './table/figure';

const LIMIT = 0.05;

function main(): void {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      repetitions: { type: 'string' },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const print = (name: string, result: object, text: string) =>
    console.log(values.json ? JSON.stringify({ name, ...result }) : text);
  const costs = reportCosts(Number(values.runs ?? (values.quick ? 500 : 2_000)));
  print('costs', costs, costsText(costs));
  const repetitions = Number(values.repetitions ?? (values.quick ? 300 : 1_000));
  const worlds: FalseAlarms[] = [];
  for (const result of falseAlarms(repetitions)) {
    print('false alarms', result, alarmsText(result));
    worlds.push(result);
  }
  closeWith(figuresOf(costs, worlds, repetitions), values.json);
}

function figuresOf(costs: ReportCosts, worlds: readonly FalseAlarms[], repetitions: number): Figure[] {
  const most = (of: (world: FalseAlarms) => number) => 100 * Math.max(...worlds.map(of));
  const among = `most of ${worlds.length} worlds, ${repetitions} times each`;
  const runs = `of ${costs.runs} judged runs`;
  return [
    {
      what: `false alarms in 1,000 looks, ${among}`,
      value: most(({ anytime }) => anytime),
      unit: '%',
      atMost: 100 * LIMIT,
    },
    { what: 'the same with the usual interval', value: most(({ oneLook }) => oneLook), unit: '%' },
    { what: `report ${runs} again, to the first time`, value: costs.next / costs.first, unit: '×' },
    { what: `report ${runs}, the first time`, value: costs.first, unit: 'ms' },
    { what: `report ${runs} after one more judgement`, value: costs.afterJudgement, unit: 'ms' },
    { what: 'records of 200 cases', value: costs.records, unit: 'ms' },
  ];
}

const costsText = ({ runs, cases, first, next, afterJudgement, records }: ReportCosts) =>
  `${runs} judged runs, ${cases} cases: report ${first.toFixed(0)} ms, again ${next.toFixed(0)} ms, after one more ` +
  `judgement ${afterJudgement.toFixed(0)} ms, the records of 200 cases ${records.toFixed(0)} ms`;

const alarmsText = ({ controlRate, share, drift, anytime, oneLook, width }: FalseAlarms) =>
  `control rate ${controlRate}, share accepted ${share}${drift > 0 ? `, rising by ${drift}` : ''}: false alarms in ` +
  `1000 looks ${(100 * anytime).toFixed(1)} %, with the usual interval ${(100 * oneLook).toFixed(1)} %; ` +
  `±${(50 * width).toFixed(0)} points at the end`;

main();
