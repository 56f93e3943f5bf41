import type { ZipArchive } from '../archive/zip';
import { childElements, parseXml } from './xml';

export interface Relationship {
  readonly id: string;
  /** The last word of its type: `slide`, `notesSlide`, `chart`. */
  readonly type: string;
  /** Name of an entry, or a URL. */
  readonly target: string;
}

/** What a part of an Office file refers to (ECMA-376 part 2, 9.3); none where it says nothing. */
export function relationshipsOf(archive: ZipArchive, part: string): readonly Relationship[] {
  const cut = part.lastIndexOf('/') + 1;
  const [folder, file] = [part.slice(0, cut), part.slice(cut)];
  const xml = archive.text(`${folder}_rels/${file}.rels`);
  if (xml?.ok !== true) return [];
  return childElements(parseXml(xml.value), 'Relationship').map(({ attributes }) => {
    const target = attributes['Target'] ?? '';
    return {
      id: attributes['Id'] ?? '',
      type: /[^/]*$/.exec(attributes['Type'] ?? '')?.[0] ?? '',
      target: attributes['TargetMode'] === 'External' ? target : resolvePath(folder, target),
    };
  });
}

/** A relative reference as the name of an entry: `../media/a.png` from `ppt/slides/` is `ppt/media/a.png`. */
export function resolvePath(folder: string, target: string): string {
  const path: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}
