/** Office files as archives, checked before a library that unpacks without limits gets them. */
import { failed, ok, type Result } from '../../core/common/result';
import { ZipArchive } from '../archive/zip';
import { baseName, type Source } from '../source';

export function openOfficeArchive({ name, bytes, format }: Source): Result<ZipArchive> {
  const archive = ZipArchive.open(bytes);
  if (!archive.ok) {
    const kind = format.toUpperCase();
    return failed('bad-reply', `${baseName(name)} is a broken ${kind} file: it is cut off or damaged.`);
  }
  return isEncrypted(archive.value) ? failed('unsupported', passwordNeeded(name)) : archive;
}

/** OpenDocument names what is encrypted in its manifest (part 2, section 3.4.1). */
function isEncrypted(archive: ZipArchive): boolean {
  const manifest = archive.text('META-INF/manifest.xml');
  return manifest?.ok === true && manifest.value.includes('encryption-data');
}

export const passwordNeeded = (name: string): string =>
  `${baseName(name)} is protected with a password: it cannot be read here. Save a copy without one.`;

/** Unpacks every entry once, so that its true size is known. */
export function checkOfficeArchive(source: Source): Result<ZipArchive> {
  const archive = openOfficeArchive(source);
  if (!archive.ok) return archive;
  for (const entry of archive.value.entries) {
    const read = entry.isFolder ? ok(undefined) : archive.value.read(entry);
    if (!read.ok) return read;
  }
  return archive;
}
