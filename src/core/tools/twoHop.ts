/** Search, then what the best finds lead to, as one list. */
import type { SearchHit, SearchOptions, WorkspaceSearch } from '../ports';

/** The passages that bear on a question, those one hop away included, best first. */
export async function twoHop(
  search: WorkspaceSearch,
  question: string,
  options: SearchOptions,
): Promise<readonly SearchHit[]> {
  const { limit } = options;
  const first = await search.search(question, options);
  if (first.length === 0) return [];
  const second = await search.related(first.slice(0, 3), { ...options, question });
  const merged: SearchHit[] = [];
  const seen = new Set<string>();
  const add = (hit: SearchHit | undefined) => {
    if (hit === undefined || merged.length >= limit) return;
    const key = `${hit.path}:${hit.startLine}:${hit.text.length}`;
    if (!seen.has(key)) merged.push(hit);
    seen.add(key);
  };
  for (let i = 0; i < limit; i++) {
    add(first[i]);
    if (i > 0) add(second[i - 1]);
  }
  return merged;
}
