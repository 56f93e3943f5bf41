import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { unless } from './errno';

const record = z.object({
  id: z.string(),
  name: z.string(),
  /** Real paths of the folders that have this memory. */
  paths: z.array(z.string()).readonly(),
  git: z.object({ remote: z.string().nullable(), root: z.string().nullable(), path: z.string() }).nullable(),
});

/** What `project.json` says. */
export type ProjectRecord = Readonly<z.infer<typeof record>>;

/** The records of all projects, in the order of their ids. One that cannot be read is passed over and left as it is. */
export async function readProjects(projects: string): Promise<ProjectRecord[]> {
  const ids = (await unless(['ENOENT', 'ENOTDIR', 'EACCES'], readdir(projects))) ?? [];
  const records = await Promise.all(
    ids.sort().map(async (id) => {
      const text = await readFile(path.join(projects, id, 'project.json'), 'utf8').catch(() => '');
      const parsed = record.safeParse(parse(text));
      // The folder's own name counts: a record that was copied by hand must not lead elsewhere.
      return parsed.success ? [{ ...parsed.data, id }] : [];
    }),
  );
  return records.flat();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
