/** The documents' thread, so that a bomb or a file that takes for ever costs nothing else. Its entry point is built on its own. */
import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { DocumentFunctions } from '../core/ports';
import { readDocument, readPictures } from './index';

const port = parentPort;
if (port === null) throw new Error('document-worker is the entry of a worker thread.');

/** The build puts it beside this file. */
const characterMaps = new URL('./cmaps/', import.meta.url);

const optionsFor = (entry: string | null) => ({ characterMaps, ...(entry === null ? {} : { entry }) });

const functions: DocumentFunctions = {
  read: (file, entry) => readDocument(file, optionsFor(entry)),
  pictures: (file, entry, picture) => readPictures(file, { ...optionsFor(entry), picture }),
};

createBirpc<Record<string, never>, DocumentFunctions>(functions, {
  post: (message: unknown) => port.postMessage(message),
  on: (listener) => port.on('message', listener),
});
