import { rmSync } from 'node:fs';

/** A folder of a whole file of tests. What a process still holds there is left behind, which fails no test. */
export function removeAtExit(folder: string): void {
  process.once('exit', () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch (error) {
      console.error(`${folder} is left behind: ${String(error)}`);
    }
  });
}
