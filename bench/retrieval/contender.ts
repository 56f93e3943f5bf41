import type { Vectors } from './vectors';

/** Something that searches for nearest vectors. */
export interface Contender {
  readonly name: string;
  /** More vectors take it minutes to load; none is said where it takes all. */
  readonly most?: number;
  /** Rejects where it does not install or run here. */
  open(): Promise<Engine>;
}

export interface Engine {
  /** What was loaded before is forgotten. */
  load(vectors: Vectors): Promise<Search> | Search;
  close?(): Promise<void> | void;
}

/** The rows of the K nearest, nearest first; `undefined` of what only reads. */
export type Search = (query: Float32Array) => Rows | Promise<Rows>;
export type Rows = readonly number[] | undefined;

export interface Answer {
  readonly rows: Rows;
  /** Milliseconds. */
  readonly ms: number;
}

export async function timed(search: Search, query: Float32Array): Promise<Answer> {
  const begun = performance.now();
  const rows = await search(query);
  return { rows, ms: performance.now() - begun };
}
