/** Archives: what is in them, and one entry as a file. Nothing is ever written to a disk, so names can do no harm. */
import { failed, ok, type Result } from '../../core/common/result';
import type { DocumentContent, DocumentFile } from '../../core/ports';
import { baseName, type Source } from '../source';
import { readTar } from './tar';
import { ZipArchive } from './zip';

export interface ArchiveEntry {
  readonly name: string;
  /** Bytes when unpacked. */
  readonly size: number;
  readonly isEncrypted: boolean;
  read(): Result<Uint8Array>;
}

export function entriesOf(source: Source): Result<readonly ArchiveEntry[]> {
  if (source.format === 'tar') {
    return ok(
      readTar(source.bytes).map(({ name, size, bytes }) => ({
        name,
        size,
        isEncrypted: false,
        read: () => ok(bytes),
      })),
    );
  }
  const archive = ZipArchive.open(source.bytes);
  if (!archive.ok) return archive;
  const { value: zip } = archive;
  return ok(
    zip.entries
      .filter(({ isFolder }) => !isFolder)
      .map((entry) => ({
        name: entry.name,
        size: entry.size,
        isEncrypted: entry.isEncrypted,
        read: () => zip.read(entry),
      })),
  );
}

const ENTRIES_A_PART = 200;

/** The list of entries. */
export function listArchive(source: Source): Result<DocumentContent> {
  const entries = entriesOf(source);
  if (!entries.ok) return entries;
  const found = entries.value;
  const total = found.reduce((sum, { size }) => sum + size, 0);
  const parts = Array.from({ length: Math.ceil(found.length / ENTRIES_A_PART) }, (_, i) => {
    const group = found.slice(i * ENTRIES_A_PART, (i + 1) * ENTRIES_A_PART);
    const heading = `entries ${i * ENTRIES_A_PART + 1}-${i * ENTRIES_A_PART + group.length}`;
    return {
      locator: { kind: 'section' as const, heading },
      title: heading,
      text: group.map(line).join('\n'),
    };
  });
  const encrypted = found.filter(({ isEncrypted }) => isEncrypted).length;
  const notes = [
    `It is an archive of ${found.length} ${found.length === 1 ? 'file' : 'files'}, ${bytesInWords(total)} unpacked.`,
    ...(encrypted > 0 ? [`${encrypted} of them encrypted with a password: they cannot be read here.`] : []),
  ];
  return ok({ format: source.format, title: undefined, parts, notes });
}

const line = ({ name, size, isEncrypted }: ArchiveEntry): string =>
  `${shownName(name)} (${bytesInWords(size)}${isEncrypted ? ', encrypted' : ''})`;

/** A name may have any character in it; shown is one line. */
 
const shownName = (name: string): string =>
  name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '\ufffd');

function bytesInWords(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

/** The entry of that name as shown, else the one that ends like it or differs in case only. */
export function fileInArchive(source: Source, name: string): Result<DocumentFile> {
  const entries = entriesOf(source);
  if (!entries.ok) return entries;
  const wanted = name.replace(/^(?:\.?\/)+/, '');
  const same = (test: (shown: string) => boolean) =>
    entries.value.filter((entry) => test(shownName(entry.name)));
  const exact = same((shown) => shown === name || shown === wanted).at(-1);
  const near = same((shown) => shown.toLowerCase() === wanted.toLowerCase() || shown.endsWith(`/${wanted}`));
  const entry = exact ?? (near.length === 1 ? near[0] : undefined);
  if (entry === undefined) return failed('not-found', notFound(source, wanted, entries.value));
  const bytes = entry.read();
  return bytes.ok ? ok({ name: entry.name, bytes: bytes.value }) : bytes;
}

const MOST_NAMES = 10;

function notFound(source: Source, wanted: string, entries: readonly ArchiveEntry[]): string {
  const base = baseName(wanted).toLowerCase();
  const alike = entries.filter(({ name }) => name.toLowerCase().includes(base));
  const some = (alike.length > 0 ? alike : entries).slice(0, MOST_NAMES).map(({ name }) => shownName(name));
  const more = entries.length > some.length ? ', …' : '';
  return `${baseName(source.name)} has no entry “${wanted}”. It has: ${some.join(', ')}${more}.`;
}
