/**
 * What the editor experience costs, in a real VS Code and a real Chromium.
 *   npm run bench -- editor [--starts N, default 3] [--vscode 1.105] [--json]
 * Absolute figures are those of this machine; the ratio is of two pages in one browser. Exits with 1 over a budget.
 */
import { parseArgs } from 'node:util';
import { measureEditor } from './editor/host';
import { measurePage } from './editor/page';
import type { Figure } from './editor/figure';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      starts: { type: 'string', default: '3' },
      vscode: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const figures = [...(await measureEditor(Number(values.starts), values.vscode)), ...(await measurePage())];
  for (const figure of figures) console.log(values.json ? JSON.stringify(figure) : lineOf(figure));
  if (figures.some(isOver)) process.exitCode = 1;
}

const isOver = ({ value, budget }: Figure): boolean => budget !== undefined && !(value <= budget);

function lineOf(figure: Figure): string {
  const { what, value, unit, budget, note } = figure;
  const verdict = budget === undefined ? '' : isOver(figure) ? 'OVER' : 'ok';
  const limit = budget === undefined ? '-' : `${budget} ${unit}`;
  return [
    what.padEnd(62),
    `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`.padStart(10),
    `  budget ${limit.padEnd(8)}`,
    verdict.padEnd(4),
    note ?? '',
  ]
    .join(' ')
    .trimEnd();
}

await main();
