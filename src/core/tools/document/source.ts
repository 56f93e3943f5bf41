/** Where the bytes of a document come from: the workspace or the web. */
import { failed, messageOf, ok, type Result } from '../../common/result';
import type { DocumentFile, Files, HttpClient } from '../../ports';

export interface DocumentSource {
  /** As evidence names it: the path without the entry, or the URL after redirects. */
  readonly source: string;
  readonly file: DocumentFile;
  /** Of an archive. */
  readonly entry: string | undefined;
}

const MOST_FILE_BYTES = 100_000_000;
const MOST_WEB_BYTES = 50_000_000;
const WEB_TIMEOUT_MS = 120_000;
/** Between an archive and its entry, as Java and virtual file systems write it. */
const ENTRY_MARK = '!/';

/** `papers.zip!/2024/bats.pdf` is an entry, unless a file is called so. */
export async function fromWorkspace(
  files: Files,
  path: string,
  signal: AbortSignal,
): Promise<Result<DocumentSource>> {
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
  http: HttpClient,
  address: string,
  signal: AbortSignal,
): Promise<Result<DocumentSource>> {
  // The URL standard takes `!/` for a part of the path, and so does this, up to the mark.
  const at = address.indexOf(ENTRY_MARK);
  const [target, entry] =
    at < 0 ? [address, undefined] : [address.slice(0, at), address.slice(at + ENTRY_MARK.length)];
  const url = parse(target);
  if (!url.ok) return url;
  const response = await http.request({
    url: url.value,
    maxBytes: MOST_WEB_BYTES,
    timeoutMs: WEB_TIMEOUT_MS,
    signal,
    namedBy: 'model',
  });
  if (!response.ok) return response;
  const { status, headers, body, url: final } = response.value;
  if (status < 200 || status > 299) {
    return failed(
      status === 404 || status === 410 ? 'not-found' : 'server-error',
      `${final.href} answered with status ${status}, so there is no document to read.`,
    );
  }
  const mediaType = headers['content-type'];
  const file = {
    name: nameOf(headers['content-disposition'], final),
    bytes: body,
    ...(mediaType === undefined ? {} : { mediaType }),
  };
  return ok({ source: final.href, file, entry });
}

function parse(address: string): Result<URL> {
  try {
    const url = new URL(address);
    if (url.protocol === 'http:' || url.protocol === 'https:') return ok(url);
    return failed(
      'bad-arguments',
      `${address} is not an address of the web; for a file of the workspace give path.`,
    );
  } catch (error) {
    return failed('bad-arguments', `${address} is not a URL: ${messageOf(error)}.`);
  }
}

/** As the server calls it (RFC 6266), or the last part of the path. */
function nameOf(disposition: string | undefined, url: URL): string {
  const told = /filename\s*=\s*"?([^";]+)/i.exec(disposition ?? '')?.[1]?.trim();
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  return told ?? (last === '' ? url.hostname : last);
}
