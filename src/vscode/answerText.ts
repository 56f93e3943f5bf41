import type { RunState } from '../core/agent/runState';
import { checkWords, readDay } from '../core/agent/citationWords';
import { printedSource } from '../core/agent/sourceLink';

/** The answer as Markdown for another place: its marks [e3] become numbers, and the sources stand below. */
export function answerText({ answer, citations }: RunState): string {
  const cited = citations ?? [];
  const numbers = new Map(cited.map((citation) => [citation.evidence, citation.n]));
  const text = answer.replace(/\[\s*(e\d+(?:\s*[,;]\s*e\d+)*)\s*\]/g, (mark: string, ids: string) => {
    const found = ids.split(/[,;]/).map((id) => numbers.get(id.trim()));
    return found.includes(undefined) ? mark : found.map((n) => `[${String(n)}]`).join('');
  });
  if (cited.length === 0) return text.trim();
  const sources = cited.map((citation) => {
    const day = readDay(citation);
    return `[${citation.n}] ${printedSource(citation)} (${checkWords(citation)}${day === '' ? '' : `, read ${day}`})`;
  });
  return `${text.trim()}\n\n${sources.join('\n')}`;
}
