/** What a memory can be exported to: our own format, with all of it, and the paper's three. */
export const EXPORT_FORMATS = ['lossless', 'memento', 'reward', 'training'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
