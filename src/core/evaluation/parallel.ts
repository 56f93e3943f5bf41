/**
 * Works through the items in their order, so many at once, until all are done or `isOver` says that no more is to be begun.
 * What is under way is waited for; the first rejection is passed on then.
 */
export async function inParallel<T>(
  items: readonly T[],
  { atOnce, isOver }: { readonly atOnce: number; readonly isOver: () => boolean },
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length && !isOver()) {
      const item = items[next++];
      if (item !== undefined) await work(item);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
