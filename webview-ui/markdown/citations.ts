/** The marks of an answer as buttons that open their source. */
import type { CitationElement } from '../../src/core/markdown/citations';

export interface Mark {
  /** The number shown to the reader. */
  readonly n: number;
  /** What a screen reader says: `Source 1: notes/a.md lines 3-5, quote found`. */
  readonly label: string;
  readonly tooltip: string;
  readonly look: 'verified' | 'unverified' | 'contradicted';
}

/** By evidence id, one for each mark of it in the order of the text; the last one stands for those that follow. */
export type Marks = ReadonlyMap<string, readonly Mark[]>;

/** Undefined where the evidence is not cited. @param index counts the marks of this evidence from 0 */
export function citationButton(marks: Marks, evidence: string, index: number): CitationElement | undefined {
  const all = marks.get(evidence);
  const mark = all?.[index] ?? all?.at(-1);
  return (
    mark && {
      tag: 'button',
      attributes: [
        ['type', 'button'],
        ['class', mark.look === 'verified' ? 'cite' : `cite cite-${mark.look}`],
        ['data-evidence', evidence],
        ['data-mark', String(index)],
        ['aria-label', mark.label],
        ['title', mark.tooltip],
      ],
      text: String(mark.n),
    }
  );
}

/** Ids in the order in which a text first names them: the numbers of an answer that is still being written. */
export function markOrder(text: string): string[] {
  const ids = text.matchAll(/\[(e\d+(?:\s*[,;]\s*e\d+)*)\]/g);
  return [...new Set([...ids].flatMap((match) => (match[1] ?? '').split(/\s*[,;]\s*/)))];
}
