import type { Clock, Files } from '../ports';
import { type Evidence, type EvidenceDraft, isWebAddress } from '../tools/evidence';
import type { RunEventBody } from './events';
import { sha256 } from '../common/hash';

/** The run's evidence: gives ids, tells the readers, and keeps the hash of each file as it was when first cited. */
export class EvidenceLog {
  readonly #byId = new Map<string, Evidence>();
  readonly #byPlace = new Map<string, Promise<Evidence>>();
  readonly #sourceHashes = new Map<string, Promise<string | undefined>>();
  readonly #files: Files | undefined;
  readonly #clock: Clock;
  readonly #emit: (event: RunEventBody) => void;
  #next = 1;

  /** @param known what the run had found before it was interrupted */
  constructor(
    files: Files | undefined,
    clock: Clock,
    emit: (event: RunEventBody) => void,
    known: readonly Evidence[] = [],
  ) {
    this.#files = files;
    this.#clock = clock;
    this.#emit = emit;
    for (const evidence of known) {
      this.#keep(evidence);
      this.#byPlace.set(placeOf(evidence), Promise.resolve(evidence));
      this.#hashSource(evidence);
    }
  }

  /** The same text at the same place is one piece of evidence, whichever call found it. */
  add(callId: string, draft: EvidenceDraft): Promise<Evidence> {
    const place = placeOf(draft);
    let known = this.#byPlace.get(place);
    if (!known) {
      const id = `e${this.#next++}`;
      known = this.#record(id, callId, draft);
      this.#byPlace.set(place, known);
    }
    return known;
  }

  /** Takes over evidence of an earlier run, ids and all. */
  adopt(evidence: Evidence): void {
    this.#keep(evidence);
    this.#emit({ type: 'evidence.added', ...evidence });
  }

  get(id: string): Evidence | undefined {
    return this.#byId.get(id);
  }

  all(): readonly Evidence[] {
    return [...this.#byId.values()];
  }

  /**
   * The hash of the file when it was first cited; of a web page that of the text which is evidence, all of it in order.
   * Null for what is neither: a command's output.
   */
  async sourceHash(source: string): Promise<string | null> {
    if (!isWebAddress(source)) return (await this.#sourceHashes.get(source)) ?? null;
    const found = this.all().filter((evidence) => evidence.source === source);
    const [only, ...more] = found;
    if (!only) return null;
    return more.length === 0 ? only.hash : sha256(found.map(({ text }) => text).join('\n'));
  }

  async #record(id: string, callId: string, draft: EvidenceDraft): Promise<Evidence> {
    this.#hashSource(draft);
    const readAt = draft.readAt ?? this.#clock.now();
    const evidence: Evidence = { ...draft, id, callId, hash: await sha256(draft.text), readAt };
    this.#byId.set(id, evidence);
    this.#emit({ type: 'evidence.added', ...evidence });
    return evidence;
  }

  #keep(evidence: Evidence): void {
    this.#byId.set(evidence.id, evidence);
    this.#next = Math.max(this.#next, numberOf(evidence.id) + 1);
  }

  #hashSource({ source, locator }: EvidenceDraft): void {
    const isFile = locator.kind !== 'output' && !isWebAddress(source);
    if (!this.#files || !isFile || this.#sourceHashes.has(source)) return;
    this.#sourceHashes.set(source, this.#files.hash(source));
  }
}

const placeOf = ({ source, locator, text }: EvidenceDraft): string => JSON.stringify([source, locator, text]);

/** What `c7` and `e7` count; 0 for an id that nobody here made, as in a log that was changed. */
export const numberOf = (id: string): number => Number(/^[ce](\d{1,9})$/.exec(id)?.[1] ?? 0);
