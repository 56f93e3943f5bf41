import { styleText } from 'node:util';
import { oneLine } from '../core/common/oneLine';
import type { MemoryReport } from '../core/memory/report/memoryReport';
import { reportSections, type ReportTable } from '../core/memory/report/sections';
import type { Command } from './arguments';
import type { Host } from './host';
import { open } from './open';
import { tableLines } from './table';

/** Says whether memory helps: in words and tables, or as one JSON object. */
export async function memory(command: Extract<Command, { name: 'memory' }>, host: Host): Promise<number> {
  const opened = await open(command, host);
  try {
    const report = await opened.ports.bank.report();
    host.write(command.json ? `${JSON.stringify(report)}\n` : reportText(report, host));
    return 0;
  } finally {
    await opened.close();
  }
}

export function reportText(report: MemoryReport, { color }: Pick<Host, 'color'>): string {
  const bold = (text: string) => (color ? styleText('bold', text, { validateStream: false }) : text);
  const sections = reportSections(report).map(({ title, words, notes, tables }) =>
    [bold(title), words, ...notes, ...tables.flatMap((each) => ['', ...linesOf(each)])].join('\n'),
  );
  return `${sections.join('\n\n')}\n`;
}

/** A case is named by its id too, so that it can be shown or forgotten. */
function linesOf({ caption, columns, rows }: ReportTable): string[] {
  const cells = rows.map((row) =>
    row.caseId === undefined
      ? row.cells
      : [`${row.caseId}  ${oneLine(row.cells[0] ?? '', 50)}`, ...row.cells.slice(1)],
  );
  return [caption, ...tableLines(columns, cells).map((line) => `  ${line}`)];
}
