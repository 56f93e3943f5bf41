/** A sentence or paragraph that a right answer stands on, as the makers of a data set marked it. */
export interface SupportingFact {
  /** Of the document that it stands in. */
  readonly title: string;
  readonly text: string;
}

/** A document that came with the questions. */
export interface CorpusDocument {
  readonly title: string;
  readonly text: string;
}

export interface EvalQuestion {
  /** Unique within the data set. */
  readonly id: string;
  readonly question: string;
  /** Each of them is right; at least one. */
  readonly answers: readonly string[];
  /** A part of the set that is also reported alone (level, source); empty where there is none. */
  readonly group: string;
  /** Empty where the set marks none. */
  readonly support: readonly SupportingFact[];
  /** Name of a file beside the data set that the question is about (GAIA). */
  readonly file: string | undefined;
}

/** By field names: GAIA's have a scorer of their own, and some sets mark what an answer stands on. */
export type DatasetFormat = 'questions' | 'gaia' | 'simpleqa' | 'hotpotqa' | 'musique';

export interface Dataset {
  readonly format: DatasetFormat;
  readonly questions: readonly EvalQuestion[];
  /** What the questions themselves bring to be searched, each document once. */
  readonly documents: readonly CorpusDocument[];
  /** Records that are no question with an answer, a sentence each. */
  readonly problems: readonly string[];
}
