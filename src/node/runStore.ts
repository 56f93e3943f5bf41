import { mkdir, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { isTransient, type RunEvent } from '../core/agent/events';
import { Emitter } from '../core/common/event';
import type { RunStore, RunSummary } from '../core/agent/runStore';
import { AppendFile } from './appendFile';
import { unless } from './errno';
import { isRunId, LOG_EXTENSION, RUNS } from './runId';
import { eventsOfRun, lineOf, summaryOf } from './runLog';
import { SuggestedRuns } from './suggestedRuns';
import { UnfinishedRuns } from './unfinishedRuns';

/** The folder of the marks of runs that have not ended. */
const UNFINISHED = 'unfinished';
/** And of those that wait for a person. */
const SUGGESTED = 'suggested';
/** Of a log, for its line in a list: the first event, and the last ones after the answer. Bytes. */
const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 32 * 1024;
/** Logs that are looked into at a time. */
const TOGETHER = 16;

/**
 * Runs in `folder`: `runs/<runId>.jsonl`, `runs/unfinished/<runId>` until a run has ended, `runs/suggested/<runId>` while one waits for a person,
 * and `runs/<runId>/` for what a run leaves behind. Run ids are ULIDs, whose
 * order is that of time; `append` and `folder` reject for anything else.
 */
export function createRunStore(folder: string): RunStore {
  const runs = path.join(folder, RUNS);
  const logFile = (runId: string) => path.join(runs, checked(runId) + LOG_EXTENSION);
  const logs = new Map<string, AppendFile>();
  const changed = new Emitter<undefined>();
  const unfinished = new UnfinishedRuns(path.join(runs, UNFINISHED));

  const suggested = new SuggestedRuns(path.join(runs, SUGGESTED));

  return {
    async append(event) {
      const file = logFile(event.runId);
      if (isTransient(event)) return;
      const log = logs.get(event.runId) ?? new AppendFile(file);
      logs.set(event.runId, log);
      const mark = () => Promise.all([unfinished.follow(event), suggested.follow(event)]);
      // A mark goes only once the log says why: a run whose end could not be written is found again.
      if (takesMark(event)) await log.append(lineOf(event)).then(mark);
      else await Promise.all([log.append(lineOf(event)), mark()]);
      if (event.type.startsWith('run.') || event.type.startsWith('feedback.')) changed.fire(undefined);
      if (endsLog(event)) {
        logs.delete(event.runId);
        await log.close();
      }
    },

    async read(runId) {
      if (!isRunId(runId)) return undefined;
      const text = await unless(['ENOENT', 'ENOTDIR'], readFile(logFile(runId), 'utf8'));
      return text === undefined ? undefined : eventsOfRun(runId, text);
    },

    async remove(runId) {
      if (await unfinished.isUnderWay(checked(runId))) return false;
      await logs.get(runId)?.close();
      logs.delete(runId);
      await rm(logFile(runId), { force: true });
      await rm(path.join(runs, runId), { recursive: true, force: true });
      await unfinished.forget(runId);
      await suggested.forget(runId);
      changed.fire(undefined);
      return true;
    },

    onDidChange: (listener) => changed.on(listener),

    async unfinished() {
      const ids = await unfinished.list();
      const found = await Promise.all(ids.map((id) => summarise(id, logFile(id))));
      return found.flatMap((summary) => (summary && summary.outcome === null ? summary : []));
    },

    suggested: () => suggested.list(),

    isUnderWay: (runId) => (isRunId(runId) ? unfinished.isUnderWay(runId) : Promise.resolve(false)),

    async tail(runId, offset) {
      if (!isRunId(runId)) return undefined;
      const handle = await unless(['ENOENT', 'ENOTDIR'], open(logFile(runId), 'r'));
      if (handle === undefined) return undefined;
      try {
        const { size } = await handle.stat();
        const bytes = Buffer.alloc(Math.max(0, size - offset));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
        // Of whole lines only: the last one may be half written.
        const length = bytes.subarray(0, bytesRead).lastIndexOf('\n') + 1;
        return { events: eventsOfRun(runId, bytes.toString('utf8', 0, length)), end: offset + length };
      } finally {
        await handle.close();
      }
    },

    async list(limit) {
      const names = (await unless(['ENOENT', 'ENOTDIR'], readdir(runs))) ?? [];
      const ids = names
        .filter((name) => name.endsWith(LOG_EXTENSION))
        .map((name) => name.slice(0, -LOG_EXTENSION.length))
        .filter(isRunId)
        .sort()
        .reverse();
      const found: RunSummary[] = [];
      for (let i = 0; i < ids.length && found.length < limit; i += TOGETHER) {
        const next = ids.slice(i, i + TOGETHER);
        const summaries = await Promise.all(next.map((id) => summarise(id, logFile(id))));
        found.push(...summaries.flatMap((summary) => summary ?? []));
      }
      return found.slice(0, Math.max(0, limit));
    },

    async folder(runId) {
      const own = path.join(runs, checked(runId));
      await mkdir(own, { recursive: true });
      return own;
    },
  };
}

/** These take a run off the list of those that have not ended, or that wait for a person. */
const takesMark = ({ type }: RunEvent): boolean => type === 'run.finished' || type === 'feedback.given';

/** Nothing usually comes after these, so the handle need not wait for its idle time. */
const endsLog = ({ type }: RunEvent): boolean =>
  type === 'case.stored' || type.startsWith('feedback.') || type === 'lessons.learned';

function checked(runId: string): string {
  if (!isRunId(runId)) throw new Error(`“${runId}” is not a run id.`);
  return runId;
}

/** Undefined where the log is gone by now, cannot be read or has no start. */
async function summarise(runId: string, file: string): Promise<RunSummary | undefined> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    const head = await readPart(handle, 0, Math.min(size, HEAD_BYTES));
    const tail = size <= HEAD_BYTES ? head : await readPart(handle, size - TAIL_BYTES, TAIL_BYTES);
    // A first line that is longer (a huge question): the whole log.
    return summaryOf(runId, head, tail) ?? summaryOf(runId, await readPart(handle, 0, size), tail);
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}

async function readPart(handle: FileHandle, from: number, length: number): Promise<string> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, from);
  return bytes.toString('utf8', 0, bytesRead);
}
