/**
 * What the editor experience costs, in a real VS Code and a real Chromium.
 *   npm run bench -- editor [--starts N, default 3] [--vscode 1.105] [--json] [--quick]
 * --starts 0: the page alone. --quick: one start of the editor. Absolute figures are those of this machine; the ratio is of
 * two pages in one browser. Exits with 1 over a budget. Takes about 3 min.
 */
import { parseArgs } from 'node:util';
import { findChromium } from '../test/editor/chromium.mjs';
import { measureEditor } from './editor/host';
import { measurePage } from './editor/page';
import type { Figure } from './editor/figure';
import { closeWith } from './table/figure';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      starts: { type: 'string' },
      vscode: { type: 'string' },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  if (!hasBrowser()) return;
  const starts = Number(values.starts ?? (values.quick ? 1 : 3));
  const editor = starts === 0 ? [] : await measureEditor(starts, values.vscode);
  const figures = [...editor, ...(await measurePage())];
  for (const figure of figures) console.log(values.json ? JSON.stringify(figure) : lineOf(figure));
  const held = figures.map(({ what, value, unit, budget }) => ({
    what,
    value,
    unit: unit === 'times' ? '×' : unit,
    ...(budget === undefined ? {} : { atMost: budget }),
  }));
  closeWith(held, values.json);
}

function hasBrowser(): boolean {
  try {
    findChromium();
    return true;
  } catch (error) {
    console.error(`Skipped: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
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
