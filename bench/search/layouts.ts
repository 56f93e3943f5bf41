/** A question set as the files of a folder. */
import type { Document } from './sets';

export type Layout = 'titles' | 'headings' | 'opaque';

/**
 * path -> text, and which document each path holds.
 * titles: named by their titles; headings: numbered, the title as first heading; opaque: numbered, no title.
 */
export function filesOf(
  documents: readonly Document[],
  layout: Layout,
): Map<string, { text: string; index: number }> {
  const files = new Map<string, { text: string; index: number }>();
  documents.forEach(({ title, text }, index) => {
    const number = `p${String(index).padStart(5, '0')}.md`;
    const name = title.replace(/[/\\:*?"<>|]/g, '-');
    let path = layout === 'titles' ? `${name}.md` : number;
    for (let n = 2; files.has(path); n++) path = `${name}/${n}/${name}.md`;
    files.set(path, { text: layout === 'headings' ? `# ${title}\n\n${text}\n` : `${text}\n`, index });
  });
  return files;
}
