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
  load(vectors: Vectors): Promise<Search> | Search;
  close?(): Promise<void> | void;
}

/** The rows of the K nearest, nearest first; `undefined` of what only reads. */
export type Search = (query: Float32Array) => Rows | Promise<Rows>;
type Rows = readonly number[] | undefined;
