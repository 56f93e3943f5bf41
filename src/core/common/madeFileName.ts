/** A file of a run as the code that made it called it: without the folder of the run in which it, or a copy, is kept. */
export const madeFileName = (path: string): string => path.replace(/^(?:files|workspace\/[^/]+)\//, '');
