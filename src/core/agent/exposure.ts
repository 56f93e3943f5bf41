/**
 * What a run has been given that others wrote: pages, files, results and descriptions of tools, cases. Any of it may tell
 * the model what to do, and a model may obey: from then on, what sends data out or runs code is a person's to allow.
 */
import { parseUrl } from '../common/url';
import { type EvidenceDraft, isWebAddress } from '../tools/evidence';
import { RUN_SCHEME } from '../tools/runPath';
import type { ExposureView } from '../tools/tool';

/** An address in a text, with what follows it. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"`|\\^{}\]]+/gi;
/** What a sentence or Markdown puts after an address; it may be a part of it too. */
const TRAILING = /[).,;:!?*_~…']+$/;

/** What a run was given by others than its tools. */
export const GIVEN = {
  agent: 'the question of another program',
  cases: 'cases',
  conversation: 'conversation',
  descriptions: 'descriptions of tools',
  fault: 'a fault that a model’s server told',
} as const;

export class Exposure implements ExposureView {
  readonly #onFirst: (source: string) => void;
  readonly #addresses = new Set<string>();
  #source: string | undefined;
  #read: string | undefined;

  /**
   * @param onFirst called once, with where the first text from outside came from
   * @param source of a run that is gone on with: where it came from then
   */
  constructor(onFirst: (source: string) => void, source?: string) {
    this.#onFirst = onFirst;
    this.#source = source;
    this.#read = source;
  }

  get source(): string | undefined {
    return this.#source;
  }

  get read(): string | undefined {
    return this.#read;
  }

  /** @param source a tool's name, or one of `GIVEN` */
  add(source: string): void {
    this.#read ??= source;
    this.offer(source);
  }

  /** Words of others that tell nothing of the user's: what tools of theirs are for. */
  offer(source: string): void {
    if (this.#source !== undefined) return;
    this.#source = source;
    this.#onFirst(source);
  }

  /** Addresses of a text that is the person's own. */
  learn(text: string): void {
    for (const [found] of text.matchAll(ADDRESS)) {
      for (const address of [found, found.replace(TRAILING, ''), found.replace(/'.*/s, '')]) {
        const url = parseUrl(address);
        if (url) this.#addresses.add(keyOf(url)).add(firstPageOf(url));
      }
    }
  }

  /**
   * Addresses that stand in a file or on a page. Not those of what a call only printed or described: whoever makes the
   * call has a say in that, and could have it print an address with what was read in it.
   */
  learnFrom({ source, locator, text }: Pick<EvidenceDraft, 'source' | 'locator' | 'text'>): void {
    if (DESCRIBED.has(locator.kind) || source.startsWith(RUN_SCHEME)) return;
    if (isWebAddress(source)) this.learn(source);
    this.learn(text);
  }

  knows(url: URL): boolean {
    return this.#addresses.has(keyOf(url));
  }
}

/** Places of output, of what foreign tools return, and of what a model says that it saw or heard. */
const DESCRIBED: ReadonlySet<EvidenceDraft['locator']['kind']> = new Set([
  'output',
  'whole',
  'time',
] as const);

/** Without the part that is not sent; whether it is https and ends with a slash is no message. */
const keyOf = ({ host, pathname, search }: URL): string => host + pathname.replace(/\/$/, '') + search;

/** It carries nothing but that somebody asks. */
const firstPageOf = ({ host }: URL): string => host;
