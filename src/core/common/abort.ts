/** True for the error that an aborted operation throws, whoever made it. */
export const isAbortError = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'APIUserAbortError');

/**
 * A controller that aborts when any of `parents` does. `release` takes its listeners off the parents: call it in a
 * `finally`, or a long-lived parent keeps every child it ever had.
 */
export function childController(...parents: readonly (AbortSignal | undefined)[]): {
  readonly controller: AbortController;
  readonly signal: AbortSignal;
  release(): void;
} {
  const controller = new AbortController();
  const releases: (() => void)[] = [];
  for (const parent of parents) {
    if (!parent) continue;
    if (parent.aborted) {
      controller.abort(parent.reason);
      continue;
    }
    const onAbort = () => controller.abort(parent.reason);
    parent.addEventListener('abort', onAbort, { once: true });
    releases.push(() => parent.removeEventListener('abort', onAbort));
  }
  return {
    controller,
    signal: controller.signal,
    release: () => {
      for (const release of releases.splice(0)) release();
    },
  };
}

/**
 * A signal that aborts when any of `parents` does, or with a TimeoutError after so many milliseconds. (Of an
 * `AbortSignal.any` with an `AbortSignal.timeout` in it nothing holds the latter: once collected it never aborts, in
 * Node 20 at least.) Call `release` in a `finally`.
 */
export function deadline(
  ms: number,
  ...parents: readonly (AbortSignal | undefined)[]
): { readonly signal: AbortSignal; isPassed(): boolean; release(): void } {
  const child = childController(...parents);
  const late = new DOMException(`It took longer than ${ms / 1_000} s.`, 'TimeoutError');
  const timer = setTimeout(() => child.controller.abort(late), ms);
  return {
    signal: child.signal,
    isPassed: () => child.signal.reason === late,
    release: () => {
      clearTimeout(timer);
      child.release();
    },
  };
}

/** What a promise rejects with that gives up for an aborted signal. */
export const abortReason = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError');

/** Settles as `work` does, or rejects as soon as `signal` aborts: for work that cannot be told to stop. */
export async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(abortReason(signal));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

/** What an aborted call rejects with, whatever reason the signal carries. */
export const abortError = (signal: AbortSignal): unknown =>
  isAbortError(signal.reason) ? signal.reason : new DOMException('The request was cancelled.', 'AbortError');
