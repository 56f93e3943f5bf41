import type { Clock, Files } from '../ports';
import type { Evidence, EvidenceDraft } from '../tools/evidence';
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

  constructor(files: Files | undefined, clock: Clock, emit: (event: RunEventBody) => void) {
    this.#files = files;
    this.#clock = clock;
    this.#emit = emit;
  }

  /** The same text at the same place is one piece of evidence, whichever call found it. */
  add(callId: string, draft: EvidenceDraft): Promise<Evidence> {
    const place = JSON.stringify([draft.source, draft.locator, draft.text]);
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
    this.#byId.set(evidence.id, evidence);
    this.#next = Math.max(this.#next, Number(evidence.id.slice(1)) + 1);
    this.#emit({ type: 'evidence.added', ...evidence });
  }

  get(id: string): Evidence | undefined {
    return this.#byId.get(id);
  }

  all(): readonly Evidence[] {
    return [...this.#byId.values()];
  }

  /** The hash of the file when it was first cited, null where the source is no file of the workspace. */
  async sourceHash(source: string): Promise<string | null> {
    return (await this.#sourceHashes.get(source)) ?? null;
  }

  async #record(id: string, callId: string, draft: EvidenceDraft): Promise<Evidence> {
    if (this.#files && draft.locator.kind === 'lines' && !this.#sourceHashes.has(draft.source)) {
      this.#sourceHashes.set(draft.source, this.#files.hash(draft.source));
    }
    const readAt = draft.readAt ?? this.#clock.now();
    const evidence: Evidence = { ...draft, id, callId, hash: await sha256(draft.text), readAt };
    this.#byId.set(id, evidence);
    this.#emit({ type: 'evidence.added', ...evidence });
    return evidence;
  }
}
