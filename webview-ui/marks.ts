/** The numbered marks of a run's answer: those of its citations, or while it is written those of its evidence. */
import { checkWords, findingsOf, isByModel } from '../src/core/agent/citationWords';
import type { Citation, MarkCheck } from '../src/core/agent/events';
import type { RunState } from '../src/core/agent/runState';
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
  return {
    n,
    label: `Source ${n}: ${spokenPlace(place)}, ${words}`,
    tooltip: `${shortPlace(place)} (${words}${isByModel(mark) ? ', says the model' : ''})\n${passage}`.trim(),
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
    const label = `Source ${n}: ${spokenPlace(found)}, not checked yet`;
    marks.set(id, [{ n, label, tooltip: shortPlace(found), look: 'unverified' }]);
  }
  return marks;
}
