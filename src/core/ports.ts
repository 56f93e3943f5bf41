/**
 * What the core needs of the world. Adapters: src/models, src/formats, src/node, src/vscode. Whole small fakes:
 * test/fakes.
 */
export type * from './ports/commands';
export type * from './ports/documents';
export type * from './ports/files';
export type * from './ports/foreignTools';
export type * from './ports/media';
export type * from './ports/models';
export type * from './ports/runFiles';
export type * from './ports/shell';
export type * from './ports/system';
export type * from './ports/web';
