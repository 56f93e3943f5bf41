/** The numbered marks of a run's answer: those of its citations, or while it is written those of its evidence. */
import type { RunState } from '../src/core/agent/runState';
import type { Citation } from '../src/core/agent/events';
import { markOrder, type Mark, type Marks } from './markdown/citations';
import { shortPlace, spokenPlace, VERDICTS } from './source';

export function marksOf(citations: RunState['citations'], run: RunState): Marks {
  if (citations === null) return provisionalMarks(run);
  const marks = new Map<string, Mark>();
  for (const citation of citations) {
    if (!marks.has(citation.evidence)) marks.set(citation.evidence, markOf(citation));
  }
  return marks;
}

function markOf(citation: Citation): Mark {
  const { words } = VERDICTS[citation.verdict];
  return {
    n: citation.n,
    label: `Source ${citation.n}: ${spokenPlace(citation)}, ${words}`,
    tooltip: `${shortPlace(citation)} (${words})\n${citation.quote}`,
    verified: citation.verdict !== 'unverified',
  };
}

function provisionalMarks({ answer, evidence }: RunState): Marks {
  const marks = new Map<string, Mark>();
  for (const id of markOrder(answer)) {
    const found = evidence[id];
    if (!found) continue;
    const n = marks.size + 1;
    const label = `Source ${n}: ${spokenPlace(found)}, not checked yet`;
    marks.set(id, { n, label, tooltip: shortPlace(found), verified: false });
  }
  return marks;
}
