import type { ZipArchive } from '../archive/zip';
import { descendants, parseXml, textContent } from './xml';

/** The title in an Office file's properties (ECMA-376 part 2, 8.3) or an OpenDocument's `meta.xml`; undefined with none. */
export function coreTitle(archive: ZipArchive): string | undefined {
  const xml = archive.text('docProps/core.xml') ?? archive.text('meta.xml');
  if (xml?.ok !== true) return undefined;
  try {
    const [title] = descendants(parseXml(xml.value), 'dc:title');
    const text = title === undefined ? '' : textContent(title).trim();
    // What programs put there by themselves.
    return /^(?:|powerpoint presentation|word document|untitled.*|document\d*|slide 1)$/i.test(text)
      ? undefined
      : text;
  } catch {
    return undefined;
  }
}
