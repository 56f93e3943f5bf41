/** Paths of a run's own folder, as tools tell and take them: `run:output-c3.txt`, `run:files/plot.png`. */
export const RUN_SCHEME = 'run:';

/** The path within the run's folder; undefined for one of the workspace. */
export const runPathOf = (path: string): string | undefined =>
  path.startsWith(RUN_SCHEME) ? path.slice(RUN_SCHEME.length) : undefined;
