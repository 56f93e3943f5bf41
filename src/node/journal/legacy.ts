/**
 * The one file `cases.db` of the versions before the journal (with `cases.previous.db`, the version before it): the
 * format is that of an image. It is read, contained in the next image, and then kept in `backup/`. Should such a
 * version be running beside this one, it makes a new `cases.db`, and what that has more is taken over too.
 */
import path from 'node:path';
import { ulid } from 'ulid';
import { everythingIn } from '../../core/memory/journal/everything';
import type { Operation } from '../../core/memory/journal/operation';
import { migrate } from '../../core/memory/sql/schema';
import type { JournalContext } from './context';
import { decodeImage } from './image';
import { backupFolder } from './layout';
import { setAside } from './quarantine';

const FILES = ['cases.db', 'cases.previous.db'] as const;

export const hasLegacy = (names: readonly string[]): boolean => names.includes(FILES[0]);

/** What the newest whole one of the files knows. Damaged ones are set aside, and the user is told. */
export function legacyOperations(context: JournalContext): Operation[] {
  const { disk, folder, notices, openDatabase } = context;
  for (const name of FILES) {
    const bytes = disk.read(path.join(folder, name));
    if (bytes === undefined) continue;
    const database = decodeImage(bytes);
    if (database) {
      const db = openDatabase(database);
      try {
        migrate(db);
        return [...everythingIn(db)];
      } finally {
        db.close();
      }
    }
    setAside(context, name);
    notices.tell(
      `A file of the memory was damaged (${name} in ${folder}) and set aside. The version before it is used, if ` +
        'there is one: the newest case or judgement may be missing.',
    );
  }
  return [];
}

/** Once an image has all that is in them. */
export function backUpLegacy({ disk, folder }: JournalContext): void {
  const backup = backupFolder(folder);
  disk.makeFolder(backup);
  for (const name of FILES) {
    const { name: stem, ext } = path.parse(name);
    disk.rename(path.join(folder, name), path.join(backup, `${stem}.${ulid()}${ext}`));
  }
  disk.syncFolder(folder);
}
