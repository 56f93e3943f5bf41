/** Parts of a document that are pictures, read by a model that looks at them. */
import { ok, type Result } from '../../common/result';
import type { ChatModel, DocumentReader } from '../../ports';
import { formatSource } from '../evidence';
import { look, visionModel } from '../media/vision';
import type { ToolModels } from '../toolModels';
import type { Piece } from './piece';
import type { DocumentSource } from './source';

/** Of one call of the tool: each is a call of the model. */
const MOST_READ = 4;
/** Blank pages count here too: each takes the document apart. */
const MOST_TRIED = 20;

const READ =
  'Copy all text that is to be seen, exactly as it stands and in the order of reading, as Markdown with tables as tables. ' +
  'Then tell in a few sentences what pictures, plots and drawings show. Where there is no text, tell only that.';

interface Readers {
  readonly documents: DocumentReader;
  readonly models: ToolModels;
}

export class PictureReader {
  readonly #readers: Readers;
  readonly #document: DocumentSource;
  readonly #signal: AbortSignal;
  #model: Promise<Result<ChatModel>> | undefined;
  #read = 0;
  #tried = 0;

  constructor(readers: Readers, document: DocumentSource, signal: AbortSignal) {
    this.#readers = readers;
    this.#document = document;
    this.#signal = signal;
  }

  /** Whether this call has read as many as it may. */
  get isSpent(): boolean {
    return this.#read >= MOST_READ || this.#tried >= MOST_TRIED;
  }

  /** The piece with what the model reads on it; still without text where it is blank. A model that fails is not asked again. */
  async read(piece: Piece & { readonly picture: number }): Promise<Result<Piece>> {
    const model = await (this.#model ??= visionModel(this.#readers.models, this.#signal));
    if (!model.ok) return model;
    this.#tried++;
    const { file, entry, source } = this.#document;
    const options = {
      picture: piece.picture,
      signal: this.#signal,
      ...(entry === undefined ? {} : { entry }),
    };
    const images = await this.#readers.documents.pictures(file, options);
    if (!images.ok) return images;
    if (images.value.length === 0) return ok(piece);
    this.#read++;
    const place = formatSource(source, piece.locator);
    const seen = await look(model.value, READ, images.value, place, this.#signal);
    if (seen.ok) {
      return ok({
        ...piece,
        text: `${seen.value.text}${seen.value.cut}`,
        title: `What ${model.value.id} reads in ${place}`,
      });
    }
    this.#model = Promise.resolve(seen);
    return seen;
  }
}

export const isPicture = (piece: Piece): piece is Piece & { readonly picture: number } =>
  piece.picture !== undefined && piece.text === '';

/** Pieces with their pictures read, as many as a call may read; `unread` are the others, `fault` says why. */
export async function withPicturesRead(pieces: readonly Piece[], pictures: PictureReader) {
  if (!pieces.some(isPicture)) return { read: pieces, unread: [], fault: undefined };
  const read: Piece[] = [];
  const unread: Piece[] = [];
  let fault: string | undefined;
  for (const piece of pieces) {
    const seen = isPicture(piece) && !pictures.isSpent ? await pictures.read(piece) : undefined;
    if (!isPicture(piece)) read.push(piece);
    else if (seen?.ok === true) read.push(seen.value);
    else {
      unread.push(piece);
      fault ??= seen?.fault.message;
    }
  }
  return { read, unread, fault };
}
