import { eightDots } from '../policy/dot';
import type { JudgedRun } from '../policy/judgedRun';
import { cosineOf, type EncoderMeans, kernelOf, place, type Placed } from '../policy/questionKernel';

/** So many questions stay in a core's cache while all others pass by them. */
const BLOCK = 64;
/** What is kept beyond the runs in use, so that each new run does not cost all others. */
const SPARE = 256;

/**
 * The kernels between the questions of judged runs. Each is computed once, since the question of a run does not change:
 * n²/2 dot products for n runs at first, n for the next run.
 */
export class QuestionKernels {
  readonly #means: EncoderMeans;
  readonly #numbers = new Map<string, number>();
  readonly #sums = new Float64Array(8);
  #placed: Placed[] = [];
  /** Row r: with each of the questions. */
  #rows: Float32Array[] = [];

  constructor(means: EncoderMeans) {
    this.#means = means;
  }

  /** The numbers of the runs' questions, by which `row` knows them until the next call. */
  numbersOf(runs: readonly JudgedRun[]): Int32Array {
    const fresh = runs.filter(({ runId }) => !this.#numbers.has(runId));
    if (this.#placed.length + fresh.length > runs.length + SPARE) {
      this.#numbers.clear();
      [this.#placed, this.#rows] = [[], []];
      this.#add(runs);
    } else if (fresh.length > 0) this.#add(fresh);
    return Int32Array.from(runs, ({ runId }) => this.#numbers.get(runId) ?? 0);
  }

  /** The kernels of a question with each one, by number; longer than there are questions. */
  row(number: number): Float32Array {
    return this.#rows[number] ?? new Float32Array();
  }

  #add(runs: readonly JudgedRun[]): void {
    const first = this.#placed.length;
    for (const { runId, question } of runs) {
      this.#numbers.set(runId, this.#placed.length);
      this.#placed.push(place(question, this.#means));
    }
    this.#grow();
    for (let start = 0; start < this.#placed.length; start += BLOCK) {
      const fours = this.#groups(start, Math.min(start + BLOCK, this.#placed.length), 4);
      for (const two of this.#groups(Math.max(first, start), this.#placed.length, 2)) {
        for (const four of fours) if (four.start < two.start + 2) this.#compute(two, four);
      }
    }
  }

  /** The questions from start to end (exclusive), so many at a time. */
  #groups(start: number, end: number, size: number): readonly Group[] {
    const groups: Group[] = [];
    for (let at = start; at < end; at += size) {
      const placed = this.#placed.slice(at, Math.min(end, at + size));
      const [one] = placed;
      const whole = placed.length === size && one !== undefined && placed.every((each) => alike(each, one));
      groups.push({ start: at, placed, directions: whole ? placed.map(({ direction }) => direction) : [] });
    }
    return groups;
  }

  #grow(): void {
    const size = Math.ceil(this.#placed.length / SPARE) * SPARE;
    this.#rows = this.#placed.map((_, r) => {
      const known = this.#rows[r];
      if (known?.length === size) return known;
      const row = new Float32Array(size);
      if (known) row.set(known);
      return row;
    });
  }

  /** The kernels of all of the one group with all of the other. */
  #compute(two: Group, four: Group): void {
    const [one, other] = [two.placed[0], four.placed[0]];
    if (one === undefined || other === undefined) return;
    const fast = two.directions.length === 2 && four.directions.length === 4 && alike(one, other);
    if (fast) eightDots(two.directions, four.directions, one.direction.length, this.#sums);
    for (let i = 0; i < two.placed.length; i++) {
      const row = this.#rows[two.start + i];
      for (let j = 0; j < four.placed.length; j++) {
        const cosine = fast
          ? (this.#sums[4 * i + j] ?? 0)
          : cosineOf(two.placed[i] ?? one, four.placed[j] ?? other);
        const column = this.#rows[four.start + j];
        if (row) row[four.start + j] = kernelOf(cosine);
        if (column) column[two.start + i] = kernelOf(cosine);
      }
    }
  }
}

/** Questions that follow each other. */
interface Group {
  readonly start: number;
  readonly placed: readonly Placed[];
  /** Of the questions, where the group is whole and of one space; else none. */
  readonly directions: readonly Float64Array[];
}

const alike = (a: Placed, b: Placed): boolean =>
  a.space === b.space && a.direction.length === b.direction.length;
