/** Inputs that once broke a property, kept as files that the normal tests try for ever. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, 'found');

export interface FoundCase {
  /** The subject's name. */
  readonly subject: string;
  /** What went wrong when it was found, in a line. */
  readonly error: string;
  readonly values: readonly unknown[];
}

export interface FoundFile extends FoundCase {
  readonly file: string;
}

export const foundCases = (): readonly FoundFile[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((file) => ({ file, ...decodeCase(readFileSync(path.join(folder, file), 'utf8')) }))
    : [];

/** Gives the file's path; the same values of a subject are one file. */
export function keepFound(found: FoundCase): string {
  const text = encodeCase(found);
  const hash = createHash('sha256')
    .update(encodeCase({ ...found, error: '' }))
    .digest('hex');
  const name = found.subject.replace(/[^a-z0-9]+/gi, '-').slice(0, 60);
  const file = path.join(folder, `${name}-${hash.slice(0, 8)}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** What JSON lacks: `{"$bytes": base64}` and `{"$number": "NaN"}`; `{"$undefined": true}`. */
export function encodeCase(found: FoundCase): string {
  const replace = function (this: unknown, key: string, value: unknown): unknown {
    // `value` is what toJSON made of it, and Buffers have one.
    const raw: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value;
    if (raw === undefined) return { $undefined: true };
    if (raw instanceof Uint8Array) return { $bytes: Buffer.from(raw).toString('base64') };
    const isOdd = typeof raw === 'number' && (!Number.isFinite(raw) || Object.is(raw, -0));
    return isOdd ? { $number: Object.is(raw, -0) ? '-0' : String(raw) } : raw;
  };
  return `${JSON.stringify(found, replace, 2)}\n`;
}

export function decodeCase(text: string): FoundCase {
  const undefinedAt: (readonly [holder: object, key: string])[] = [];
  const revive = function (this: object, key: string, value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const [only, ...others]: (readonly [string, unknown])[] = Object.entries(value);
    if (only === undefined || others.length > 0) return value;
    const [tag, inner] = only;
    if (tag === '$bytes') return new Uint8Array(Buffer.from(String(inner), 'base64'));
    if (tag === '$number') return Number(inner);
    // A reviver that gives undefined deletes the key.
    if (tag === '$undefined') undefinedAt.push([this, key]);
    return value;
  };
  const found = JSON.parse(text, revive) as FoundCase;
  for (const [holder, key] of undefinedAt) Object.defineProperty(holder, key, { value: undefined });
  return found;
}
