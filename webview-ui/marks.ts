/** The numbered marks of a run's answer: those of its citations, or while it is written those of its evidence. */
import * as l10n from '@vscode/l10n';
import { findingsOf, isByModel } from '../src/core/agent/citationWords';
import type { Citation, MarkCheck } from '../src/core/agent/events';
import type { RunState } from '../src/core/agent/runState';
import { checkWords } from './citationWords';
import { markOrder, type Mark, type Marks } from './markdown/citations';
import { shortPlace, spokenPlace } from './source';

export function marksOf(citations: RunState['citations'], run: RunState): Marks {
  if (citations === null) return provisionalMarks(run);
  const marks = new Map<string, readonly Mark[]>();
  for (const citation of citations) {
    if (!marks.has(citation.evidence)) marks.set(citation.evidence, marksOfCitation(citation));
  }
  return marks;
}

/** Each mark has its own verdict; older logs have one for all. */
function marksOfCitation(citation: Citation): readonly Mark[] {
  const { marks } = citation;
  if (!marks) return [markOf(citation, citation, citation.quote)];
  return marks.map((mark) => markOf(citation, mark, mark.passage));
}

type Checked = Pick<MarkCheck, 'verdict' | 'locator'> & Pick<Citation, 'claim' | 'quoteFound'>;

function markOf({ n, source }: Citation, mark: Checked, passage: string): Mark {
  const place = { source, locator: mark.locator };
  const words = checkWords(mark);
  const findings = findingsOf(mark);
  const found = isByModel(mark)
    ? l10n.t('{0} ({1}, says the model)', shortPlace(place), words)
    : l10n.t('{0} ({1})', shortPlace(place), words);
  return {
    n,
    label: l10n.t('Source {0}: {1}, {2}', n, spokenPlace(place), words),
    tooltip: `${found}\n${passage}`.trim(),
    look: findings.includes('contradicted')
      ? 'contradicted'
      : findings.includes('unverified')
        ? 'unverified'
        : 'verified',
  };
}

function provisionalMarks({ answer, evidence }: RunState): Marks {
  const marks = new Map<string, readonly Mark[]>();
  for (const id of markOrder(answer)) {
    const found = evidence[id];
    if (!found) continue;
    const n = marks.size + 1;
    const label = l10n.t('Source {0}: {1}, not checked yet', n, spokenPlace(found));
    marks.set(id, [{ n, label, tooltip: shortPlace(found), look: 'unverified' }]);
  }
  return marks;
}
