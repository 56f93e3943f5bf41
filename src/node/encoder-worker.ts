/** The sentence encoder's thread. A failure to load ends it: the other side sees the error and may start it again. */
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { isReadable } from '../core/common/readability';
import { createUnigramTokenizer } from '../core/common/unigram';
import { loadSentenceModel } from './sentenceModel';

export interface EncoderWorkerData {
  /** Absolute path of the folder that scripts/encoder-assets.mjs writes. */
  readonly assets: string;
}

export interface EncodedTexts {
  /** One a text: whether it has a vector. */
  readonly readable: readonly boolean[];
  /** A row of 512 for each readable text, in order. */
  readonly vectors: Float32Array;
}

export interface EncoderFunctions {
  /** One batch: padded to its longest text, so texts of like length belong together. */
  encode(texts: readonly string[]): Promise<EncodedTexts>;
}

/** The graph itself reads no further: with 256 or 512 tokens the vectors are those of the first 128. */
const MOST_TOKENS = 128;
/** 128 tokens of the longest pieces and more; what follows would only cost the tokenizer time. */
const MOST_CHARACTERS = 4096;

const { assets } = workerData as EncoderWorkerData;
const port = parentPort;
if (port === null) throw new Error('encoder-worker is the entry of a worker thread.');

const model = await loadSentenceModel(assets);
const tokenizer = createUnigramTokenizer(model.vocabulary);

const functions: EncoderFunctions = {
  async encode(texts) {
    const segmented = texts.map((text) => {
      const start = text.slice(0, MOST_CHARACTERS);
      const segmentation = tokenizer.segment(start);
      return { ids: segmentation.ids.slice(0, MOST_TOKENS), readable: isReadable(start, segmentation) };
    });
    const ids = segmented.filter(({ readable }) => readable).map((text) => text.ids);
    return {
      readable: segmented.map(({ readable }) => readable),
      vectors: ids.length === 0 ? new Float32Array() : await model.embed(ids),
    };
  },
};

// Messages wait in the port until the model is there: it only opens with its first listener.
createBirpc<Record<string, never>, EncoderFunctions>(functions, {
  post: (message: unknown) => port.postMessage(message, vectorsOf(message)),
  on: (listener) => port.on('message', listener),
});

/** The memory of the vectors in an answer, which is moved instead of copied. */
function vectorsOf(message: unknown): ArrayBuffer[] {
  const result = (message as { r?: Partial<EncodedTexts> }).r;
  return result?.vectors?.buffer instanceof ArrayBuffer ? [result.vectors.buffer] : [];
}
