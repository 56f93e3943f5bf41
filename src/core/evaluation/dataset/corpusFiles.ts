import type { CorpusDocument } from './question';

export interface CorpusFile {
  /** Relative, with no folder. */
  readonly path: string;
  readonly text: string;
}

/** A corpus as Markdown files, numbered, each with its document's title as heading. */
export function corpusFiles(documents: readonly CorpusDocument[]): readonly CorpusFile[] {
  return documents.map(({ title, text }, i) => ({
    path: `${String(i).padStart(5, '0')}.md`,
    text: `# ${title.replace(/\s+/g, ' ').trim()}\n\n${text.trim()}\n`,
  }));
}
