/** A question set as a folder on disk, and what is found in it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesOf, type Layout } from './layouts';
import type { QuestionSet } from './sets';

export interface SetFolder {
  readonly root: string;
  /** In the order of the set's documents. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** The number of the document that a file is. */
  documentOf(path: string): number | undefined;
  remove(): Promise<void>;
}

export async function writeFolder(set: QuestionSet, layout: Layout): Promise<SetFolder> {
  const root = await mkdtemp(path.join(tmpdir(), 'memento-bench-'));
  const files = filesOf(set.documents, layout);
  for (const [name, { text }] of files) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  return {
    root,
    files: [...files].map(([name, { text }]) => ({ path: name, text })),
    documentOf: (name) => files.get(name)?.index,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
