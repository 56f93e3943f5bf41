/** Media types by file name, of what a page can show and a few that are worth a word. */

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  geojson: 'application/geo+json',
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  zip: 'application/zip',
};

/** `image/png` for `plots/A.PNG`; `application/octet-stream` where the name does not tell. */
export function mediaTypeOf(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  const extension = dot > 0 ? base.slice(dot + 1).toLowerCase() : '';
  return (Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined) ?? 'application/octet-stream';
}

/** What the panel shows by itself: an image, a table, data. */
export function isShown(mediaType: string): boolean {
  return mediaType.startsWith('image/') || isTable(mediaType) || isJson(mediaType);
}

export const isTable = (mediaType: string): boolean =>
  mediaType === 'text/csv' || mediaType === 'text/tab-separated-values';

export const isJson = (mediaType: string): boolean => /[/+]json$/.test(mediaType);
