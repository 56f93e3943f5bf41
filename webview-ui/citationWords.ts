/** What the check of a citation found, and how the sources of an earlier answer are now, in the page's language. */
import * as l10n from '@vscode/l10n';
import { findingsOf, type CitationFinding } from '../src/core/agent/citationWords';
import type { OfferedSource } from '../src/core/agent/events';

export const FINDING_WORDS: Readonly<Record<CitationFinding, string>> = {
  contradicted: l10n.t('contradicted by its source'),
  quoteFound: l10n.t('quote found'),
  supported: l10n.t('claim supported'),
  unverified: l10n.t('not verified'),
};

/** `quote found, claim supported` */
export const checkWords = (checked: Parameters<typeof findingsOf>[0]): string =>
  findingsOf(checked)
    .map((finding) => FINDING_WORDS[finding])
    .join(l10n.t(', '));

/** `Changed since: a.md; not checked: https://…`: a sentence of its own. */
export function offeredSentence(sources: readonly OfferedSource[]): string {
  const names = (some: readonly OfferedSource[]) => some.map(({ source }) => source).join(l10n.t(', '));
  const changed = sources.filter((each) => each.changed);
  const unchecked = sources.filter((each) => each.unchecked);
  if (sources.length === 0) return l10n.t('It has no sources that can be checked.');
  if (unchecked.length === 0) {
    return changed.length === 0
      ? l10n.t('All its sources are unchanged.')
      : l10n.t('Changed since: {0}.', names(changed));
  }
  if (changed.length > 0) {
    return l10n.t('Changed since: {0}; not checked: {1}.', names(changed), names(unchecked));
  }
  return unchecked.length === sources.length
    ? l10n.t('Not checked: {0}.', names(unchecked))
    : l10n.t('Its files are unchanged; not checked: {0}.', names(unchecked));
}
