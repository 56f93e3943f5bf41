import { findSourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Rewrites a stack's places in the bundle to those in the sources, so that a failure names the line of the test.
 * Node would do it, but VS Code's extension host formats stacks itself.
 */
export function inSources(stack: string): string {
  return stack.replace(
    /([^\s(]+\.bundle\.cjs):(\d+):(\d+)/g,
    (place, file: string, line: string, column: string) => {
      const origin = findSourceMap(file)?.findOrigin(Number(line), Number(column));
      if (!origin || !('fileName' in origin)) return place;
      const source = origin.fileName.startsWith('file:') ? fileURLToPath(origin.fileName) : origin.fileName;
      return `${path.resolve(path.dirname(file), source)}:${origin.lineNumber}:${origin.columnNumber}`;
    },
  );
}
