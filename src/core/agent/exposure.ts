/**
 * What a run has read that others wrote: pages, files, results of tools, cases. Any of it may tell the model what to do,
 * and a model may obey: from then on, what sends data out or runs code is a person's to allow.
 */

import { parseUrl } from '../common/url';

/** An address in a text, with what follows it. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"`|\\^{}\]]+/gi;
/** What a sentence or Markdown puts after an address; it may be a part of it too. */
const TRAILING = /[).,;:!?*_~…']+$/;

export class Exposure {
  readonly #onFirst: (source: string) => void;
  readonly #addresses = new Set<string>();
  #source: string | undefined;

  /** @param onFirst called once, with where the first text from outside came from */
  constructor(onFirst: (source: string) => void, source?: string) {
    this.#onFirst = onFirst;
    this.#source = source;
  }

  /** Where the first text from outside came from; undefined while the run has read none. */
  get source(): string | undefined {
    return this.#source;
  }

  /** @param source a tool's name, `cases` or `conversation` */
  add(source: string, text: string): void {
    this.learn(text);
    if (this.#source !== undefined) return;
    this.#source = source;
    this.#onFirst(source);
  }

  /** Addresses of a text that is the person's own: it exposes to nothing. */
  learn(text: string): void {
    for (const [found] of text.matchAll(ADDRESS)) {
      for (const address of [found, found.replace(TRAILING, ''), found.replace(/'.*/s, '')]) {
        const url = parseUrl(address);
        if (url) this.#addresses.add(keyOf(url)).add(firstPageOf(url));
      }
    }
  }

  /**
   * Whether an address stood in what the run was given or has read, word for word, so that it carries nothing out but
   * what its writer knows; the first page of such a host carries nothing either.
   */
  knows(url: URL): boolean {
    return this.#addresses.has(keyOf(url));
  }
}

/** Without the part that is not sent; whether it is https and ends with a slash is no message. */
const keyOf = ({ host, pathname, search }: URL): string => host + pathname.replace(/\/$/, '') + search;

const firstPageOf = ({ host }: URL): string => host;
