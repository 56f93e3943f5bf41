import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { declaredSubjects, type Subject } from './fuzz';

const folder = path.resolve(import.meta.dirname, 'subjects');

/** Those of all files in subjects/, by file. */
export async function allSubjects(): Promise<ReadonlyMap<string, readonly Subject[]>> {
  const found = new Map<string, readonly Subject[]>();
  for (const file of readdirSync(folder).sort()) {
    const before = declaredSubjects().length;
    await import(pathToFileURL(path.join(folder, file)).href);
    found.set(path.parse(file).name, declaredSubjects().slice(before));
  }
  return found;
}
