import { messageOf } from '../core/common/result';
import { exportedDocument, exportToFile } from '../node/exportRun';
import { createRunStore } from '../node/runStore';
import type { Command } from './arguments';
import type { Host } from './host';
import { placeOfRun, projectFolder } from './open';

/** The runs of a folder, and a run as a document. */
export async function runs(command: Extract<Command, { name: 'runs' }>, host: Host): Promise<number> {
  if (command.action === 'list') {
    for (const run of await createRunStore(await projectFolder(command)).list(Infinity)) {
      if (command.json) host.write(`${JSON.stringify(run)}\n`);
      else host.write(`${run.runId}  ${run.outcome ?? 'not ended'}  ${run.question.replace(/\s+/g, ' ')}\n`);
    }
    return 0;
  }
  const { runId, format, file } = command;
  const request = { runs: createRunStore(await projectFolder(await placeOfRun(command))), runId, format };
  try {
    const done = file === undefined ? await exportedDocument(request) : await exportToFile(request, file);
    if (!done.ok) host.complain(done.fault.message);
    else if (done.value !== undefined) host.write(done.value);
    return done.ok ? 0 : 1;
  } catch (error) {
    host.complain(`${file ?? runId}: ${messageOf(error)}`);
    return 1;
  }
}
