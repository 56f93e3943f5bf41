/** The passages of a folder, found by BM25 and by embeddings. */
import type { DocumentContent, Encoder, Passage, SearchHit, WorkspaceSearch } from '../ports';
import { messageOf } from '../common/result';
import { normalise } from '../common/text';
import { documentTitle, nameInWords, splitDocument, splitPassages } from './passages';
import type { IndexImage } from './search/indexImage';
import { leadName } from './search/leadName';
import { evenly, LexicalIndex } from './search/lexicalIndex';
import { linksOf } from './search/links';
import { PathTable } from './search/pathTable';
import { parseQuery, type Query } from './search/query';
import { rankRelated } from './search/related';
import { type Mention, TitleIndex } from './search/titleIndex';
import { cosine, type VectorCache, Vectors } from './search/vectors';
import { DEFAULT_WEIGHTS, type SearchWeights } from './search/weights';

export interface WorkspaceIndexOptions {
  readonly encoder?: Encoder | undefined;
  readonly weights?: SearchWeights;
  /** The encoder failed: search goes on by words. */
  onWarning?(message: string): void;
}

/** Texts a step of `warmSome`. */
const WARM = 8;

interface Candidate {
  readonly id: number;
  readonly passage: Passage;
  score: number;
  cosine: number | undefined;
}

export class WorkspaceIndex implements WorkspaceSearch {
  readonly #lexical = new LexicalIndex();
  readonly #titles = new TitleIndex();
  readonly #paths = new PathTable();
  readonly #passages = new Map<number, Passage>();
  readonly #byFile = new Map<string, readonly number[]>();
  readonly #vectors: Vectors;
  readonly #weights: SearchWeights;
  readonly #options: WorkspaceIndexOptions;
  #encoderWorks = true;
  #nextId = 1;

  constructor(options: WorkspaceIndexOptions = {}) {
    this.#vectors = new Vectors(options.encoder);
    this.#weights = options.weights ?? DEFAULT_WEIGHTS;
    this.#options = options;
  }

  get files(): number {
    return this.#byFile.size;
  }

  get passages(): number {
    return this.#passages.size;
  }

  /** Adds a file, or replaces what was known of it. */
  update(path: string, text: string): void {
    this.#put(path, splitPassages(path, text));
  }

  /** The same of a document that is no text. */
  updateDocument(path: string, content: DocumentContent): void {
    this.#put(path, splitDocument(path, content));
  }

  #put(path: string, passages: readonly Passage[]): void {
    this.remove(path);
    const lead = leadName(passages[0]?.text ?? '');
    const ids = passages.map((passage, i) => {
      const id = this.#nextId++;
      this.#passages.set(id, passage);
      this.#lexical.add(id, passage, i === 0 ? lead : undefined);
      return id;
    });
    this.#name(path, passages, ids);
  }

  /** Makes a file known by its path and by its titles. */
  #name(path: string, passages: readonly Passage[], ids: readonly number[]): void {
    const lead = leadName(passages[0]?.text ?? '');
    this.#byFile.set(path, ids);
    this.#paths.add(path);
    const titles = [
      passages[0] && documentTitle(passages[0]),
      lead,
      nameInWords(path),
      path.slice(path.lastIndexOf('/') + 1),
    ];
    this.#titles.set(
      path,
      titles.filter((title) => title !== undefined),
    );
  }

  remove(path: string): void {
    for (const id of this.#byFile.get(path) ?? []) {
      this.#passages.delete(id);
      this.#lexical.remove(id);
    }
    if (this.#byFile.delete(path)) {
      this.#titles.delete(path);
      this.#paths.delete(path);
    }
  }

  /** All but the vectors, to keep on disk. */
  image(): IndexImage {
    const { ids, image } = this.#lexical.image();
    const passages = ids.flatMap((id) => this.#passages.get(id) ?? []);
    const files = [...this.#byFile].map(([path, own]) => ({ path, passages: own.length }));
    return { files, passages, terms: image };
  }

  /** Takes an image in place of what is there; false, with nothing changed, where it does not fit together. */
  load({ files, passages, terms }: IndexImage): boolean {
    const counted = files.reduce((sum, file) => sum + file.passages, 0);
    const ids = passages.map((_, i) => i + 1);
    if (this.files > 0 || counted !== passages.length || !this.#lexical.load(ids, terms)) return false;
    this.#nextId = passages.length + 1;
    passages.forEach((passage, i) => this.#passages.set(i + 1, passage));
    let end = 0;
    for (const { path, passages: count } of files) {
      this.#name(path, passages.slice(end, end + count), ids.slice(end, end + count));
      end += count;
    }
    return true;
  }

  /** Workspace paths that a passage links to or mentions. */
  links(passage: Passage): string[] {
    return linksOf(passage, this.#paths);
  }

  /** The documents whose titles or names a text mentions. */
  mentions(text: string): Mention[] {
    return this.#titles.mentions(text);
  }

  /**
   * Makes a few of the vectors that are missing, where the folder is small enough to have them all.
   * @returns whether there may be more
   */
  async warmSome(signal?: AbortSignal): Promise<boolean> {
    if (!this.#isSmall()) return false;
    const missing = this.#vectors.missing([...this.#passages.values()].map(embeddedText)).slice(0, WARM);
    return (await this.#ensure(missing, signal)) && missing.length > 0;
  }

  async search(
    query: string,
    { limit, signal }: { limit: number; signal?: AbortSignal },
  ): Promise<SearchHit[]> {
    signal?.throwIfAborted();
    const parsed = parseQuery(query);
    const candidates = await this.#candidates(parsed, signal);
    return this.#phrasesFirst(parsed, candidates).slice(0, limit).map(hit);
  }

  async related(
    passages: readonly Passage[],
    { question, limit, signal }: { question: string; limit: number; signal?: AbortSignal },
  ): Promise<SearchHit[]> {
    signal?.throwIfAborted();
    const ranked = await rankRelated(passages, question, {
      weights: this.#weights,
      search: (terms) => this.#lexical.search(terms),
      frequency: (term) => this.#lexical.frequency(term),
      passage: (id) => this.#passages.get(id),
      ofFile: (path) => this.#byFile.get(path) ?? [],
      links: (passage) => this.links(passage),
      mentions: (text) => this.mentions(text),
      titles: (path) => this.#titles.titles(path),
      cosines: (text, ids) => this.#cosines(text, ids, signal),
    });
    return ranked.slice(0, limit);
  }

  /** The vectors of the passages that are there now, to keep on disk. */
  dumpVectors(): VectorCache {
    return this.#vectors.dump([...this.#passages.values()].map(embeddedText));
  }

  loadVectors(cache: VectorCache): void {
    this.#vectors.load(cache);
  }

  get unsavedVectors(): number {
    return this.#vectors.unsaved;
  }

  #isSmall(): boolean {
    return this.#passages.size <= this.#weights.embedAll;
  }

  /** BM25's best and, in a small folder, every passage; scored by both. */
  async #candidates(query: Query, signal: AbortSignal | undefined): Promise<Candidate[]> {
    const w = this.#weights;
    const lexical = [...this.#lexical.search(evenly(query.terms))].sort((a, b) => b[1] - a[1]);
    const best = lexical[0]?.[1] ?? 0;
    const byLexical = new Map(lexical);
    const ids = this.#isSmall()
      ? [...this.#passages.keys()]
      : lexical.slice(0, w.embedBest).map(([id]) => id);
    const cosines = await this.#cosines(query.text, ids, signal);
    const mentioned = new Map(this.mentions(query.text).map((mention) => [mention.path, mention]));
    for (const path of linksOf({ path: '', text: query.text }, this.#paths)) {
      mentioned.set(path, { path, title: path, words: 3 });
    }
    const all = new Set([...ids, ...this.#pool(query, lexical)]);
    for (const path of mentioned.keys()) for (const id of this.#byFile.get(path) ?? []) all.add(id);

    const candidates: Candidate[] = [];
    for (const id of all) {
      const passage = this.#passages.get(id);
      if (passage === undefined) continue;
      const similarity = cosines.get(id);
      const mention = mentioned.get(passage.path);
      const score =
        (best > 0 ? (byLexical.get(id) ?? 0) / best : 0) +
        w.cosine * Math.max(0, similarity ?? 0) +
        (mention === undefined ? 0 : w.mention);
      if (score > 0 || query.phrases.length > 0) candidates.push({ id, passage, score, cosine: similarity });
    }
    return candidates.sort((a, b) => b.score - a.score || a.id - b.id);
  }

  /** The best by words; all of them, or all there are, where a phrase decides. */
  #pool(query: Query, lexical: readonly (readonly [number, number])[]): readonly number[] {
    if (query.phrases.length > 0 && lexical.length === 0) return [...this.#passages.keys()];
    const most = query.phrases.length > 0 ? lexical.length : this.#weights.keepBest;
    return lexical.slice(0, most).map(([id]) => id);
  }

  /** False where there is no encoder, or it fails: it is asked no more then. */
  async #ensure(texts: readonly string[], signal: AbortSignal | undefined): Promise<boolean> {
    if (!this.#encoderWorks || !this.#vectors.available) return false;
    try {
      await this.#vectors.ensure(texts, signal);
    } catch (error) {
      signal?.throwIfAborted();
      this.#encoderWorks = false;
      this.#options.onWarning?.(
        `Search is by words only, as the sentence encoder failed: ${messageOf(error)}`,
      );
    }
    return this.#encoderWorks;
  }

  /** Cosines with the text of those passages that have a vector. */
  async #cosines(
    text: string,
    ids: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<Map<number, number>> {
    const found = new Map<number, number>();
    if (!this.#vectors.available || this.#weights.cosine === 0) return found;
    const texts = ids.map((id) => {
      const passage = this.#passages.get(id);
      return passage === undefined ? '' : embeddedText(passage);
    });
    if (!(await this.#ensure([text, ...texts.filter((each) => each !== '')], signal))) return found;
    const query = this.#vectors.get(text);
    if (query === undefined) return found;
    ids.forEach((id, i) => {
      const vector = this.#vectors.get(texts[i] ?? '');
      if (vector !== undefined) found.set(id, cosine(query, vector));
    });
    return found;
  }

  /** Passages with the quoted phrases; where it is a question, the others after them. */
  #phrasesFirst(query: Query, candidates: readonly Candidate[]): readonly Candidate[] {
    if (query.phrases.length === 0) return candidates;
    const has = ({ passage }: Candidate) => {
      const text = normalise(`${passage.title}\n${passage.text}`);
      return query.phrases.every((phrase) => text.includes(phrase));
    };
    const matching = candidates.filter(has);
    if (!query.question) return matching;
    const first = new Set(matching);
    return [...matching, ...candidates.filter((candidate) => candidate.score > 0 && !first.has(candidate))];
  }
}

const hit = ({ passage, score, cosine }: Candidate): SearchHit => ({ ...passage, score, cosine });

/** What a passage's vector is made of. */
const embeddedText = (passage: Passage): string => `${passage.title}. ${passage.text}`;
