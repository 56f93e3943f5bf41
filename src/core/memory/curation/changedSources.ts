import { isWebAddress } from '../../common/locator';
import type { Files } from '../../ports';
import type { Case, SourceRecord } from '../case';

export interface ChangedSource {
  readonly source: string;
  /** `missing`: it cannot be read any more. */
  readonly now: 'changed' | 'missing';
}

/** True for a file of the workspace. A page is not fetched just to compare it, and an output cannot be looked up again. */
export const canBeCompared = ({ source, hash }: SourceRecord): boolean =>
  hash !== null && !isWebAddress(source);

/** The sources of a case that are no longer, byte for byte, what its answer stood on. Reads each of them whole. */
export async function changedSources(
  { provenance }: Pick<Case, 'provenance'>,
  files: Files | undefined,
): Promise<readonly ChangedSource[]> {
  if (!files) return [];
  const changed: ChangedSource[] = [];
  for (const { source, hash } of provenance.sources.filter(canBeCompared)) {
    const now = await files.hash(source);
    if (now !== hash) changed.push({ source, now: now === undefined ? 'missing' : 'changed' });
  }
  return changed;
}

/** For a person, behind the source's name. */
export const CHANGED_WORDS: Readonly<Record<ChangedSource['now'], string>> = {
  changed: 'changed since',
  missing: 'no longer there',
};

/** How the source is now, in words; empty where it is as it was. */
export function changedWords(changed: readonly ChangedSource[], source: string): string {
  const found = changed.find((each) => each.source === source);
  return found ? CHANGED_WORDS[found.now] : '';
}
