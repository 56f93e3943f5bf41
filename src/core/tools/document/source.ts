/** Where the bytes of a document come from: the workspace or the web. */
import { failed, ok, type Result } from '../../common/result';
import type { DocumentFile, Files } from '../../ports';
import { isWebAddress } from '../evidence';
import type { ToolContext } from '../tool';
import { fileNameOf, type WebReader } from '../web/webReader';

export interface DocumentSource {
  /** As evidence names it: the path without the entry, or the URL after redirects. */
  readonly source: string;
  readonly file: DocumentFile;
  /** Of an archive. */
  readonly entry: string | undefined;
  /** When it was read of the web, milliseconds since the epoch; undefined for a file. */
  readonly readAt?: number;
}

const MOST_FILE_BYTES = 100_000_000;
/** Between an archive and its entry, as Java and virtual file systems write it. */
const ENTRY_MARK = '!/';

/** `papers.zip!/2024/bats.pdf` is an entry, unless a file is called so. */
export async function fromWorkspace(
  files: Files,
  path: string,
  signal: AbortSignal,
): Promise<Result<DocumentSource>> {
  // As evidence names it, it would be taken for an address that was read.
  if (isWebAddress(path)) return failed('bad-arguments', `${path} is no file: give it as url.`);
  const whole = await files.bytes(path, { maxBytes: MOST_FILE_BYTES, signal });
  if (whole.ok) return ok({ source: path, file: { name: path, bytes: whole.value }, entry: undefined });
  const at = path.indexOf(ENTRY_MARK);
  if (at <= 0) return whole;
  const archive = path.slice(0, at);
  const bytes = await files.bytes(archive, { maxBytes: MOST_FILE_BYTES, signal });
  if (!bytes.ok) return bytes;
  return ok({
    source: archive,
    file: { name: archive, bytes: bytes.value },
    entry: path.slice(at + ENTRY_MARK.length),
  });
}

export async function fromWeb(
  web: WebReader,
  address: string,
  context: ToolContext,
): Promise<Result<DocumentSource>> {
  // The URL standard takes `!/` for a part of the path, and so does this, up to the mark.
  const at = address.indexOf(ENTRY_MARK);
  const [target, entry] =
    at < 0 ? [address, undefined] : [address.slice(0, at), address.slice(at + ENTRY_MARK.length)];
  const found = await web.read(target, context);
  if (!found.ok) return found;
  const { page } = found.value;
  const mediaType = page.headers['content-type'];
  const file = {
    name: fileNameOf(page),
    bytes: page.body,
    url: page.url.href,
    ...(mediaType === undefined ? {} : { mediaType }),
  };
  return ok({ source: page.url.href, file, entry, readAt: page.retrievedAt });
}
