import type { DocumentReader } from '../../src/core/ports';
import { readDocument } from '../../src/formats';

/** All formats on this thread: nothing ends a document that takes for ever. */
export const localDocuments: DocumentReader = { read: (file, options) => readDocument(file, options) };
