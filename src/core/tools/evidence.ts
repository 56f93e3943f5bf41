/** Where in its source a piece of evidence stands. */
export type Locator =
  /** 1-based, inclusive. */
  | { readonly kind: 'lines'; readonly start: number; readonly end: number }
  /** The output of a command or a calculation. */
  | { readonly kind: 'output' };

/** Something a tool found that an answer may cite. */
export interface EvidenceDraft {
  /** A path relative to the workspace, a URL, or the command. */
  readonly source: string;
  readonly title: string;
  readonly locator: Locator;
  /** Exactly as it stands in the source. */
  readonly text: string;
}

export interface Evidence extends EvidenceDraft {
  /** e1, e2 … within a run. */
  readonly id: string;
  readonly callId: string;
  /** SHA-256 of `text`, hex. */
  readonly hash: string;
}

/** `notes/a.md:12-15`, as a terminal makes it clickable. */
export function formatSource(source: string, locator: Locator): string {
  if (locator.kind === 'output') return source;
  return locator.start === locator.end
    ? `${source}:${locator.start}`
    : `${source}:${locator.start}-${locator.end}`;
}
