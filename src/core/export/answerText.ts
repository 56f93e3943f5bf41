import { checkWords, readDay } from '../agent/citationWords';
import type { RunState } from '../agent/runState';
import { printedSource } from '../agent/sourceLink';
import { replaceMarks } from '../tools/citations/marks';

/** The answer as Markdown for another place: its marks [e3] become numbers, and the sources stand below. */
export function answerText({ answer, citations }: RunState): string {
  const cited = citations ?? [];
  const numbers = new Map(cited.map((citation) => [citation.evidence, citation.n]));
  const text = replaceMarks(answer, (ids, mark) => {
    const found = ids.map((id) => numbers.get(id));
    return found.includes(undefined) ? mark : found.map((n) => `[${String(n)}]`).join('');
  });
  if (cited.length === 0) return text.trim();
  const sources = cited.map((citation) => {
    const day = readDay(citation);
    return `[${citation.n}] ${printedSource(citation)} (${checkWords(citation)}${day === '' ? '' : `, read ${day}`})`;
  });
  return `${text.trim()}\n\n${sources.join('\n')}`;
}
