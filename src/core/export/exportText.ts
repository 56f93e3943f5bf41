import type { ExportedRun, RunFormat } from './exportedRun';
import { htmlExport } from './htmlExport';
import { markdownExport } from './markdownExport';

/** Where a document finds the files that the run made, by their paths in the run's folder. */
export type FileAddress = (path: string) => string | undefined;

export async function exportText(run: ExportedRun, format: RunFormat, address: FileAddress): Promise<string> {
  switch (format) {
    case 'markdown':
      return markdownExport(run, address);
    case 'html':
      return htmlExport(run, address);
    case 'json':
      return `${JSON.stringify(run, null, 2)}\n`;
  }
}
