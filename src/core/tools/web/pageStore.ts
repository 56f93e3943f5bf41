/** Pages as they are kept on disk: what was answered, when, and the bytes. */
import * as z from 'zod';
import type { DiskCache } from '../../ports';
import { mayStore } from './freshness';

const storedHead = z.object({
  version: z.literal(1),
  /** After redirects. */
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  requestedAt: z.number(),
  receivedAt: z.number(),
  /** When the bytes came; `receivedAt` is when they were last known to be the newest. */
  retrievedAt: z.number(),
});

export interface StoredPage extends Omit<z.infer<typeof storedHead>, 'version'> {
  readonly body: Uint8Array;
}

/** What says something about the message, not about the page. */
const PASSING = new Set([
  'set-cookie',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
]);

export class PageStore {
  constructor(private readonly cache: DiskCache | undefined) {}

  /** Undefined for what is not there and for what cannot be read. */
  async read(url: URL): Promise<StoredPage | undefined> {
    const bytes = await this.cache?.read(keyOf(url));
    const end = bytes?.indexOf(LINE_END) ?? -1;
    if (bytes === undefined || end < 0) return undefined;
    const head = storedHead.safeParse(parsed(new TextDecoder().decode(bytes.subarray(0, end))));
    return head.success ? { ...head.data, body: bytes.subarray(end + 1) } : undefined;
  }

  /** Writes nothing where the server forbids it. */
  async write(url: URL, { body, ...head }: StoredPage): Promise<void> {
    if (!mayStore(head.headers)) return;
    const headers = Object.fromEntries(Object.entries(head.headers).filter(([name]) => !PASSING.has(name)));
    const line = new TextEncoder().encode(`${JSON.stringify({ version: 1, ...head, headers })}\n`);
    const bytes = new Uint8Array(line.length + body.length);
    bytes.set(line);
    bytes.set(body, line.length);
    await this.cache?.write(keyOf(url), bytes);
  }
}

const LINE_END = 0x0a;

/** A fragment names a place in the page, not another page. */
function keyOf(url: URL): string {
  const page = new URL(url);
  page.hash = '';
  return `page:${page.href}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
