import { formatLocator, isWebAddress, type Locator } from '../common/locator';

export type { Locator } from '../common/locator';
export { isWebAddress } from '../common/locator';

/** Something a tool found that an answer may cite. */
export interface EvidenceDraft {
  /** A path relative to the workspace, a URL, or the command. */
  readonly source: string;
  readonly title: string;
  readonly locator: Locator;
  /** Exactly as it stands in the source, or in the text made of it. */
  readonly text: string;
  /** When the source was read, milliseconds since the epoch, where that was before the call: a page from the cache. */
  readonly readAt?: number;
}

export interface Evidence extends EvidenceDraft {
  /** e1, e2 … within a run. */
  readonly id: string;
  readonly callId: string;
  /** SHA-256 of `text`, hex. */
  readonly hash: string;
  /** When the source was read, milliseconds since the epoch. */
  readonly readAt: number;
}

/** `notes/a.md:12-15`, as a terminal makes it clickable; `report.pdf, page 3`. */
export function formatSource(source: string, locator: Locator): string {
  if (locator.kind === 'lines' && !isWebAddress(source)) {
    return locator.start === locator.end
      ? `${source}:${locator.start}`
      : `${source}:${locator.start}-${locator.end}`;
  }
  const place = formatLocator(locator);
  return place === '' ? source : `${source}, ${place}`;
}
