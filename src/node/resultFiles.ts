import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunStore } from '../core/agent/runStore';
import { messageOf } from '../core/common/result';
import type { Logger, ResultFiles } from '../core/ports';

export function createResultFiles(runs: Pick<RunStore, 'folder'>, logger: Logger): ResultFiles {
  return {
    async keep({ runId, callId }, name, content) {
      // A call's id is ours, a name may have come from anywhere.
      const relative = `${callId}-${name.replace(/[^\w.-]+/g, '_')}`;
      try {
        const file = path.join(await runs.folder(runId), relative);
        await writeFile(file, content);
        return { path: relative, file };
      } catch (error) {
        logger.warn(`${relative} of the run ${runId} could not be written: ${messageOf(error)}`);
        return undefined;
      }
    },
  };
}
