/** The marks of an answer, [e3] or [e3, e7]: where it cites its evidence. */
import type { RunState } from './runStateShape';

const MARK = /\[\s*e\d+(?:\s*[,;]\s*e\d+)*\s*\]/g;

/** An answer as text and the evidence that is cited after it. */
export interface AnswerPiece {
  readonly text: string;
  /** Ids as they are marked, those that are cited; empty at the end of an answer. */
  readonly cited: readonly string[];
}

/** A mark of which nothing is cited stays text: what stood around it must not come together. */
export function answerPieces(
  answer: string,
  isCited: (evidence: string) => boolean = () => true,
): readonly AnswerPiece[] {
  const pieces: AnswerPiece[] = [];
  let end = 0;
  for (const { 0: mark, index } of answer.matchAll(MARK)) {
    const cited = (mark.match(/e\d+/g) ?? []).filter(isCited);
    if (cited.length === 0) continue;
    pieces.push({ text: answer.slice(end, index), cited });
    end = index + mark.length;
  }
  return end < answer.length ? [...pieces, { text: answer.slice(end), cited: [] }] : pieces;
}

/** The answer with each [e7] as the number of its citation. */
export function numberMarks({ answer, citations }: Pick<RunState, 'answer' | 'citations'>): string {
  const numbers = new Map((citations ?? []).map(({ evidence, n }) => [evidence, n]));
  return answerPieces(answer)
    .map(({ text, cited }) => text + cited.map((id) => `[${numbers.get(id) ?? id}]`).join(''))
    .join('');
}
