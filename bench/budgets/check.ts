/**
 * Holds the build in dist/ to budgets.json: `npm test -- budgets`. A sentence for each excess; the last line is
 * `N passed, N failed`.
 *   node --import tsx bench/budgets/check.ts [--no-editor] [--no-package] [--starts N, default 3] [--modules]
 * --no-editor: what VS Code loads at a start, and its activation, are not measured. --no-package: nor the .vsix made.
 * --modules: names our modules that a start loads.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type Judgement, judge, type Measurement, readBudgets, shown, unusedLimits } from './budgets';
import { bundleSizes, META } from './bundles';
import { assetSizes, dependencyCount, makePackage, packageSize } from './files';
import { activationRatio, measureStart, ownModules, type Start, startFigures } from './startup';

const root = path.resolve(import.meta.dirname, '../..');
const at = (name: string) => path.join(root, name);
const MOST_STARTS = 8;
const MANIFEST = z.object({ dependencies: z.record(z.string(), z.string()) });

async function main(): Promise<void> {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      editor: { type: 'boolean', default: true },
      package: { type: 'boolean', default: true },
      starts: { type: 'string', default: '3' },
      modules: { type: 'boolean', default: false },
    },
  });
  const budgets = readBudgets(at('budgets.json'));
  const manifest = MANIFEST.parse(json('package.json'));
  const meta = META.parse(json('dist/meta.json'));
  const limit = budgets.activation?.limits['activate()'] ?? 0;
  const starts = values.editor ? await measureStarts(Number(values.starts), limit) : [];
  const [first] = starts;
  if (values.modules && first) console.log(ownModules(first, meta[0].outputs).join('\n'));
  const measured: Measurement[] = [
    ...bundleSizes(meta),
    ...assetSizes(at('dist')),
    dependencyCount(manifest),
    ...(values.package ? [packageSize(makePackage(root))] : []),
    ...startFigures(starts, meta[0].outputs),
  ];
  const judged = judge(budgets, measured);
  for (const each of judged) console.log(line(each));
  const faults = [...judged.flatMap(({ excess }) => excess ?? []), ...unusedLimits(budgets, measured)];
  for (const fault of faults) console.log(`\n${fault}`);
  const over = judged.filter(({ excess }) => excess !== undefined).length;
  console.log(`\n${judged.length - over} passed, ${faults.length} failed`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

/** More of them where the first ones were too slow: a machine that is busy has its quiet moments, a slow start has none. */
async function measureStarts(count: number, limit: number): Promise<readonly Start[]> {
  const starts: Start[] = [];
  while (starts.length < count || (activationRatio(starts) > limit && starts.length < MOST_STARTS)) {
    starts.push(await measureStart());
  }
  return starts;
}

const json = (file: string): unknown => JSON.parse(readFileSync(at(file), 'utf8'));

function line({ kind, name, value, unit, limit }: Judgement): string {
  const share = limit === undefined || limit === 0 ? '' : `${((100 * value) / limit).toFixed(0)} %`;
  const allowed = limit === undefined ? 'nothing' : shown(limit);
  return [
    kind.padEnd(16),
    name.padEnd(52),
    shown(value).padStart(10),
    'of',
    `${allowed} ${unit}`.trim().padEnd(14),
    share.padStart(6),
  ].join(' ');
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
