import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DocumentReader } from '../../src/core/ports';
import { readDocument, readPictures } from '../../src/formats';

const require = createRequire(import.meta.url);

/** As the build copies them. */
export const characterMaps = pathToFileURL(
  `${path.dirname(require.resolve('pdfjs-dist/package.json'))}/cmaps/`,
);

/** All formats on this thread: nothing ends a document that takes for ever. */
export const localDocuments: DocumentReader = {
  read: (file, options) => readDocument(file, { ...options, characterMaps }),
  pictures: (file, options) => readPictures(file, { ...options, characterMaps }),
};
