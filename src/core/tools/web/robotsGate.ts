/** Whether a site's robots.txt lets a page be fetched (RFC 9309). */
import * as z from 'zod';
import { failed, type Fault } from '../../common/result';
import type { Clock, DiskCache, HttpClient } from '../../ports';
import { judge, NO_RULES, parseRobots, type Robots, ROBOTS_BYTES } from './robots';

/** By which groups of robots.txt name this program; its `user-agent` begins with it. */
export const PRODUCT_TOKEN = 'Memento';

export type RobotsDecision =
  | { readonly allowed: true; readonly crawlDelayMs: number }
  /** `denied`: the site forbids it. Other codes: its rules could not be read, and so it is not asked. */
  | { readonly allowed: false; readonly fault: Fault };

export interface RobotsGateParts {
  readonly http: HttpClient;
  readonly cache?: DiskCache | undefined;
  readonly clock: Clock;
  /** Hosts of which the user wants robots.txt ignored: `example.org`, `*.example.org`, `localhost:8080`. */
  ignoreRobots(): readonly string[];
}

/** RFC 9309, 2.4: no longer than a day. */
const FRESH_MS = 24 * 60 * 60_000;
/** For how long rules that could not be read are not asked for again. */
const RETRY_MS = 60_000;
const TIMEOUT_MS = 10_000;
/** Whoever asks for more waits in vain. */
const MOST_DELAY_SECONDS = 10;

const keptRobots = z.object({ readAt: z.number(), text: z.string() });
type KeptRobots = z.infer<typeof keptRobots>;

type Known =
  { readonly until: number; readonly robots: Robots } | { readonly until: number; readonly fault: Fault };

export class RobotsGate {
  readonly #parts: RobotsGateParts;
  /** By origin. */
  readonly #known = new Map<string, Known>();

  constructor(parts: RobotsGateParts) {
    this.#parts = parts;
  }

  async check(url: URL, signal: AbortSignal): Promise<RobotsDecision> {
    if (isNamed(url, this.#parts.ignoreRobots())) return { allowed: true, crawlDelayMs: 0 };
    const known = await this.#rules(url, signal);
    if ('fault' in known) return { allowed: false, fault: known.fault };
    const { allowed, rule } = judge(known.robots, url);
    if (!allowed) return { allowed, fault: forbidden(url, rule ?? '') };
    const delay = Math.min(known.robots.crawlDelaySeconds ?? 0, MOST_DELAY_SECONDS);
    return { allowed, crawlDelayMs: delay * 1_000 };
  }

  async #rules(url: URL, signal: AbortSignal): Promise<Known> {
    const { clock } = this.#parts;
    const known = this.#known.get(url.origin);
    const now = clock.now();
    // Not where the clock was set back since.
    if (known !== undefined && known.until > now && known.until - now <= FRESH_MS) return known;
    const kept = await this.#kept(url.origin);
    const isFresh = kept !== undefined && kept.readAt <= now && now - kept.readAt < FRESH_MS;
    const read = isFresh ? knownOf(kept) : await this.#read(url, kept, signal);
    this.#known.set(url.origin, read);
    return read;
  }

  /**
   * RFC 9309, 2.3.1: what is not there (4xx) forbids nothing; what cannot be reached (5xx, no answer) forbids all, and so
   * does 429, which says nothing of what is there.
   */
  async #read(url: URL, kept: KeptRobots | undefined, signal: AbortSignal): Promise<Known> {
    const { http, clock } = this.#parts;
    const answer = await http.request({
      url: new URL('/robots.txt', url),
      maxBytes: ROBOTS_BYTES,
      cuts: true,
      timeoutMs: TIMEOUT_MS,
      signal,
      namedBy: 'model',
    });
    const now = clock.now();
    if (answer.ok && answer.value.status < 500 && answer.value.status !== 429) {
      const { status, body } = answer.value;
      const isThere = status >= 200 && status < 300;
      const text = isThere ? wholeLines(body) : '';
      await this.#keep(url.origin, { readAt: now, text });
      return knownOf({ readAt: now, text });
    }
    const until = now + RETRY_MS;
    // Rules of the past are better than none (2.4).
    if (kept !== undefined) return { until, robots: robotsOf(kept.text) };
    const fault = answer.ok ? unreadable(url, answer.value.status) : unreached(url, answer.fault);
    return { until, fault };
  }

  async #kept(origin: string): Promise<KeptRobots | undefined> {
    const bytes = await this.#parts.cache?.read(keyOf(origin));
    if (bytes === undefined) return undefined;
    try {
      return keptRobots.parse(JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      return undefined;
    }
  }

  async #keep(origin: string, robots: KeptRobots): Promise<void> {
    await this.#parts.cache?.write(keyOf(origin), new TextEncoder().encode(JSON.stringify(robots)));
  }
}

/** Half a rule is another rule. */
function wholeLines(body: Uint8Array): string {
  const end = body.length < ROBOTS_BYTES ? body.length : body.lastIndexOf(0x0a) + 1;
  return new TextDecoder().decode(body.subarray(0, end));
}

const keyOf = (origin: string): string => `robots:${origin}`;

const robotsOf = (text: string): Robots => (text === '' ? NO_RULES : parseRobots(text, PRODUCT_TOKEN));

const knownOf = ({ readAt, text }: KeptRobots): Known => ({
  until: readAt + FRESH_MS,
  robots: robotsOf(text),
});

function isNamed({ hostname, host }: URL, hosts: readonly string[]): boolean {
  return hosts.some((entry) => {
    const name = entry.trim().toLowerCase();
    return name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : name === hostname || name === host;
  });
}

const override = (url: URL): string =>
  `The user can override it for this host: memento.web.ignoreRobots (--ignore-robots ${url.host} in the command line).`;

const forbidden = (url: URL, rule: string): Fault =>
  failed(
    'denied',
    `${url.host} asks programs not to fetch this page: its robots.txt says “${rule}”. ${override(url)}`,
  ).fault;

const unreadable = (url: URL, status: number): Fault =>
  failed(
    'server-error',
    `${url.host} answers with status ${status} to the question what programs may fetch (robots.txt), so nothing of it is fetched for now. ${override(url)}`,
  ).fault;

/** Where the host cannot be reached, or nothing can, that is all there is to say. */
function unreached(url: URL, fault: Fault): Fault {
  const isOfFile = fault.code === 'bad-reply' || fault.code === 'limit';
  if (!isOfFile && fault.code !== 'denied') return fault;
  const what = `What programs may fetch of ${url.host} (robots.txt) could not be read: ${fault.message}`;
  return failed(fault.code, isOfFile ? `${what} ${override(url)}` : what).fault;
}
