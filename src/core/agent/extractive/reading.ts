/** Which tool reads a passage of the workspace again, and how it is asked for its place. */
import type { Locator } from '../../common/locator';
import type { Passage } from '../../ports';
import { sheetName } from '../../tools/document/select';

export interface Reading {
  readonly tool: 'read_file' | 'read_document';
  readonly args: Readonly<Record<string, string | number>>;
}

/** A text by its lines; a document that is no text by its page, cells or heading. */
export function readingOf({ path, startLine, endLine, locator }: Passage): Reading {
  if (locator === undefined) return { tool: 'read_file', args: { path, startLine, endLine } };
  let file = path;
  let place = locator;
  for (; place.kind === 'entry'; place = place.at) file += `!/${place.path}`;
  const pages = pagesOf(place);
  return { tool: 'read_document', args: { path: file, ...(pages === undefined ? {} : { pages }) } };
}

/** As the argument `pages` takes it; undefined where there is no place to name. */
function pagesOf(place: Locator): string | undefined {
  switch (place.kind) {
    case 'lines':
    case 'pages':
    case 'slides':
    case 'cells':
      return `${place.start}-${place.end}`;
    case 'range':
      return `${sheetName(place.sheet)}!${place.range}`;
    case 'section':
      return place.heading.split(' › ').at(-1) || undefined;
    case 'time':
    case 'entry':
    case 'whole':
    case 'output':
      return undefined;
  }
}
