/** A run's export as a file, with what code made in the run: in the document, or in a folder beside it. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runState } from '../core/agent/runState';
import type { RunStore } from '../core/agent/runStore';
import { failed, ok, type Result } from '../core/common/result';
import { exportedRun, type ExportedFile, type ExportedRun, type RunFormat } from '../core/export/exportedRun';
import { exportText } from '../core/export/exportText';
import { errnoOf } from './errno';
import { createRunFiles } from './runFiles';
import { writeText } from './textFile';

/** Of one file, and of all images in a document. Bytes. */
const MOST_FILE = 20_000_000;
const MOST_EMBEDDED = 50_000_000;

export interface ExportRequest {
  readonly runs: Pick<RunStore, 'read' | 'folder'>;
  readonly runId: string;
  readonly format: RunFormat;
}

/** A document in itself: images are in the HTML, and only named in the other formats. */
export async function exportedDocument(request: ExportRequest): Promise<Result<string>> {
  const run = await readRun(request);
  if (!run.ok) return run;
  const images = request.format === 'html' ? await embeddedImages(request, run.value.files) : undefined;
  return ok(await exportText(run.value, request.format, (file) => images?.get(file)));
}

/**
 * Replaces `file` once all is written; Markdown gets a new folder beside it for the files that the run made. Rejects as
 * the file system does.
 */
export async function exportToFile(request: ExportRequest, file: string): Promise<Result<undefined>> {
  const run = await readRun(request);
  if (!run.ok) return run;
  const { format } = request;
  const addresses =
    format === 'markdown'
      ? await filesBeside(request, run.value.files, file)
      : format === 'html'
        ? await embeddedImages(request, run.value.files)
        : undefined;
  const text = await exportText(run.value, format, (made) => addresses?.get(made));
  await writeText(file, (write) => write(text));
  return ok(undefined);
}

async function readRun({ runs, runId }: ExportRequest): Promise<Result<ExportedRun>> {
  const events = await runs.read(runId);
  return events
    ? ok(exportedRun(runState(events)))
    : failed('not-found', `There is no log of the run ${runId}.`);
}

/** `data:` addresses by the images' paths in the run's folder. */
async function embeddedImages(
  request: ExportRequest,
  files: readonly ExportedFile[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let total = 0;
  for (const { path: file, mediaType, bytes } of files) {
    if (!mediaType.startsWith('image/') || total + bytes > MOST_EMBEDDED) continue;
    const content = await readMade(request, file);
    if (!content) continue;
    total += content.length;
    found.set(file, `data:${mediaType};base64,${Buffer.from(content).toString('base64')}`);
  }
  return found;
}

/** Addresses relative to the document, by the files' paths in the run's folder. */
async function filesBeside(
  request: ExportRequest,
  files: readonly ExportedFile[],
  document: string,
): Promise<ReadonlyMap<string, string>> {
  const addresses = new Map<string, string>();
  const taken = new Set<string>();
  let folder: string | undefined;
  for (const file of files) {
    // A log that was changed by hand leads nowhere else.
    if (file.name.split(/[/\\]/).includes('..')) continue;
    const content = await readMade(request, file.path);
    if (!content) continue;
    folder ??= await newFolder(`${document.slice(0, document.length - path.extname(document).length)}-files`);
    const name = freeName(file.name, taken);
    taken.add(name);
    const target = path.join(folder, ...name.split('/'));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content, { flag: 'wx' });
    addresses.set(file.path, [path.basename(folder), ...name.split('/')].map(encoded).join('/'));
  }
  return addresses;
}

/** As Markdown's link destinations may hold it. */
const encoded = (part: string): string =>
  encodeURIComponent(part).replace(/[()']/g, (character) => `%${character.charCodeAt(0).toString(16)}`);

/** What two calls made may have one name. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const { dir, name: stem, ext } = path.posix.parse(name);
  let free = name;
  for (let n = 2; taken.has(free); n++) free = path.posix.join(dir, `${stem}-${n}${ext}`);
  return free;
}

/** Never one that is there: what is in it may be somebody's. */
async function newFolder(wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const folder = n === 1 ? wanted : `${wanted}-${n}`;
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** Undefined where the file is gone, too large, or leads out of the run's folder. */
async function readMade({ runs, runId }: ExportRequest, file: string): Promise<Uint8Array | undefined> {
  const content = await createRunFiles(runs).bytes(runId, file, { maxBytes: MOST_FILE });
  return content.ok ? content.value : undefined;
}
