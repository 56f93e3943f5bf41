/** Imports as `memento cases import` makes them, with the time of each step. */
import type { CaseBank } from '../../src/core/memory/bank';
import { embedMissing } from '../../src/core/memory/embedMissing';
import { type ImportPreview, planImport } from '../../src/core/memory/transfer/planImport';
import { readImport } from '../../src/core/memory/transfer/readImport';
import { writeImport } from '../../src/core/memory/transfer/writeImport';
import type { Encoder } from '../../src/core/ports';
import type { Encoded } from '../difficulty/vectors';
import { timed } from '../learning/timing';
import { questionsOf, type ReleasedLines } from './files';

export interface ImportTimes {
  readonly cases: number;
  readonly runs: number;
  /** Questions that got a vector. */
  readonly encoded: number;
  /** Milliseconds: reading, comparing with the bank and writing. */
  readonly import: number;
  /** Milliseconds of giving vectors, and of it what the encoder took. */
  readonly embedding: number;
  readonly encoder: number;
}

/** The size of the pieces in which Node reads a file. */
const PIECE = 65_536;

/** Throws for a file that has no cases, and as bank and encoder do. */
export async function importText(
  text: string,
  bank: CaseBank,
  encoder: ClockedEncoder,
): Promise<ImportTimes> {
  let preview: ImportPreview | undefined;
  const importing = await timed(async () => {
    const read = await readImport(pieces(text), { at: Date.now(), encoder });
    if (!read.ok) throw new Error(read.fault.message);
    const plan = await planImport(read.value, bank, { encoderId: encoder.id });
    await writeImport(plan, bank);
    preview = plan.preview;
  });
  const before = encoder.milliseconds;
  const embedding = await timed(() => embedMissing(bank, encoder));
  const { accepted = 0, rejected = 0, unjudged = 0, runs = 0, toEmbed = 0 } = preview ?? {};
  return {
    cases: accepted + rejected + unjudged,
    runs,
    encoded: toEmbed,
    import: importing,
    embedding,
    encoder: encoder.milliseconds - before,
  };
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += PIECE) yield text.slice(from, from + PIECE);
}

/** An encoder that tells how long it has worked, in milliseconds. */
export interface ClockedEncoder extends Encoder {
  readonly milliseconds: number;
}

export function clocked(encoder: Encoder): ClockedEncoder {
  let milliseconds = 0;
  return {
    id: encoder.id,
    dimensions: encoder.dimensions,
    get milliseconds() {
      return milliseconds;
    },
    async encode(texts, signal) {
      const begun = performance.now();
      try {
        return await encoder.encode(texts, signal);
      } finally {
        milliseconds += performance.now() - begun;
      }
    },
    dispose: () => encoder.dispose(),
  };
}

/** The questions of the files as a policy sees them; those that the encoder remembers cost nothing. */
export async function encodedQuestions(lines: ReleasedLines, encoder: Encoder): Promise<Encoded> {
  const texts = questionsOf(lines);
  const vectors = await encoder.encode(texts);
  const known = new Map(texts.map((text, i) => [text, vectors[i]]));
  return (text) => {
    const values = known.get(text);
    return { text, vector: values && { encoder: encoder.id, values } };
  };
}
