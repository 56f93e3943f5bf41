import type { HttpClient } from '../core/ports';
import { createHttpClient } from '../node/http/client';
import { editorRemedies } from '../node/http/remedies';
import { editorRouter } from '../node/http/route';
import { readSettings } from './settings';

/** Requests by VS Code's own proxy settings and certificates, to the origins that the user's settings allow. */
export const createEditorHttpClient = (): HttpClient =>
  createHttpClient({
    router: editorRouter,
    remedies: editorRemedies,
    allowedOrigins: () => readSettings().allowedOrigins,
  });
