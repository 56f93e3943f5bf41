import { failed, ok, type Result } from '../../common/result';
import type { Clock, DiskCache, HttpClient } from '../../ports';
import { denial } from '../denial';
import type { ToolContext } from '../tool';
import { PageRetriever, type WebPage } from './retrieve';
import type { HostQueue } from './hostQueue';
import { couldBeAllowed, decideUrl } from './urlPolicy';

/** What the user lets the tools do on the web; asked at each call, so that a changed setting counts at once. */
export interface WebRules {
  /** Origins that may be reached wherever they are. */
  allowedOrigins(): readonly string[];
  /** Hosts of which robots.txt is ignored: `example.org`, `*.example.org`, `localhost:8080`. */
  ignoreRobots(): readonly string[];
}

export interface WebReaderParts {
  readonly http: HttpClient;
  readonly cache?: DiskCache | undefined;
  readonly clock: Clock;
  readonly rules: WebRules;
  /** The pace of requests; one of its own unless others share it. */
  readonly queue?: HostQueue;
}

/** What was asked for, without what redirects made of it. */
export interface ReadAddress {
  readonly asked: URL;
  readonly page: WebPage;
}

/**
 * Reads what a tool was asked to read of the web: where the rules and, if they are in doubt, the person allow it, as
 * robots.txt has it, from the cache where that may be. One for all tools of a run.
 */
export class WebReader {
  readonly #retriever: PageRetriever;
  readonly #rules: WebRules;

  constructor(parts: WebReaderParts) {
    this.#retriever = new PageRetriever({ ...parts, ignoreRobots: () => parts.rules.ignoreRobots() });
    this.#rules = parts.rules;
  }

  async read(
    address: string,
    context: Pick<ToolContext, 'approve' | 'exposure' | 'signal'>,
  ): Promise<Result<ReadAddress>> {
    const asked = await this.#permitted(address, context);
    if (!asked.ok) return asked;
    const page = await this.#retriever.retrieve(asked.value, context.signal);
    return page.ok ? ok({ asked: asked.value, page: page.value }) : page;
  }

  async #permitted(
    text: string,
    { approve, exposure }: Pick<ToolContext, 'approve' | 'exposure'>,
  ): Promise<Result<URL>> {
    const decision = decideUrl(text.trim(), { allowedOrigins: this.#rules.allowedOrigins() });
    if (decision.verdict === 'block') {
      const what = decision.url === undefined ? `“${text.slice(0, 200)}”` : decision.url.href;
      const remedy =
        decision.url !== undefined && couldBeAllowed(decision.url)
          ? 'Only the user can allow it: memento.web.allowedOrigins (--allow-origin in the command line).'
          : 'Give an address that begins with https:// or http://, without a user name.';
      return failed('denied', `${what} is not fetched. ${decision.reasons.join(' ')} ${remedy}`);
    }
    const { url } = decision;
    const carries = exposure.source !== undefined && !exposure.knows(url);
    if (decision.verdict === 'allow' && !carries) return ok(url);
    const reasons = [...decision.reasons, ...(carries ? [carriesWords(exposure.source)] : [])];
    const { approved, reason } = await approve({ what: 'url', command: url.href, code: null, reasons });
    if (approved) return ok(url);
    return failed('denied', denial(`The user did not allow ${url.href} to be fetched.`, reason));
  }
}

const carriesWords = (source: string): string =>
  `This run has read what others wrote (${source}), and this address stands nowhere in it: it may carry out what was read.`;

/** As the server names the file (RFC 6266), else the last part of the path. */
export function fileNameOf({ url, headers }: WebPage): string {
  const disposition = headers['content-disposition'] ?? '';
  const named =
    /filename\*\s*=\s*[\w-]+''([^;\s]+)/i.exec(disposition)?.[1] ??
    /filename\s*=\s*(?:"([^"]+)"|([^;\s]+))/i
      .exec(disposition)
      ?.slice(1)
      .find((name) => name !== undefined) ??
    url.pathname.split('/').at(-1);
  return decoded(named ?? '').replace(/[/\\]/g, '_') || url.host;
}

/** Without its percent signs, where they stand for text. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
