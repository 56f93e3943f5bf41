/** Keys that must never be seen again, servers that repeat them in every way they can, and who looks for them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** As they look in errors, pages, addresses and logs. */
export const repeated = (key: string): string =>
  [
    key,
    encodeURIComponent(key),
    Buffer.from(key).toString('base64'),
    Buffer.from(`ann:${key}`).toString('base64'),
    key.toUpperCase(),
    JSON.stringify({ key }),
  ].join(' or ');

/** Those that stand in a text: as they are, in an address, in Base64, in other letters. */
export function canariesIn(text: string, keys: readonly string[]): readonly string[] {
  const decoded = (text.match(/[\w+/-]{8,}/g) ?? []).flatMap((run) =>
    // Where the Base64 of a key begins in a run is not known.
    [0, 1, 2, 3].map((shift) => Buffer.from(run.slice(shift), 'base64').toString('latin1')),
  );
  const unescaped = text.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const all = [text, unescaped, text.replaceAll('\\', ''), ...decoded].join('\n').toLowerCase();
  return keys.filter((key) => all.includes(key.toLowerCase()));
}

/** Files below a folder in which a key stands, with the key: `runs/1/log.jsonl: sk-…`. */
export function canariesBelow(folder: string, keys: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const found = canariesIn(readFileSync(file, 'latin1'), keys);
      return found.map((key) => `${path.relative(folder, file)}: ${key}`);
    });
}
