import * as z from 'zod';
import type { Files } from '../ports';
import { defineTool, type Tool } from './tool';

const MOST = 200;

/** `list_files{glob}`: which files there are. */
export function listFilesTool(files: Files): Tool {
  return defineTool({
    name: 'list_files',
    description:
      'Lists files of the workspace with their sizes, and those that the user has open from elsewhere. The glob is relative to the workspace folder, e.g. "**/*.md", ' +
      '"notes/" or "src/**/*.{ts,js}"; a pattern without a slash matches file names at any depth. Use it to see what ' +
      'there is; to find something by content use search_workspace.',
    parameters: z.object({ glob: z.string().default('**').describe('Which files, e.g. "**/*.csv"') }),
    readOnly: true,
    async run({ glob }, { signal }) {
      const { files: found, total } = await files.list({ glob, limit: MOST, signal });
      if (total === 0) {
        const content = `No file matches ${glob}. "**" lists all files.`;
        return { ok: true, content, preview: `No file matches ${glob}` };
      }
      const lines = found.map(({ path, size }) => `${path} (${bytes(size)})`);
      if (total > found.length) {
        lines.push(`… and ${total - found.length} more: narrow the glob to see them.`);
      }
      return { ok: true, content: lines.join('\n'), preview: total === 1 ? '1 file' : `${total} files` };
    },
  });
}

function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
