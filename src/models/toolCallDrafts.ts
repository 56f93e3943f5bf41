/**
 * Tool calls that arrive in pieces. By the reference a piece carries the call's `index`, and the first one its id and
 * name; servers also leave the index out, use 0 for every call, repeat id and name, or give no id.
 */
import type { ToolCall } from '../core/ports';

export interface ToolCallPiece {
  readonly index: number | undefined;
  readonly id: string | undefined;
  readonly name: string;
  /** A piece of the arguments' JSON. */
  readonly text: string;
}

interface Draft {
  readonly index: number | undefined;
  id: string | undefined;
  name: string;
  text: string;
}

export class ToolCallDrafts {
  private readonly drafts: Draft[] = [];

  /** `newId` makes the ids that a server does not give. */
  constructor(private readonly newId: () => string) {}

  get isEmpty(): boolean {
    return this.drafts.length === 0;
  }

  add(piece: ToolCallPiece): void {
    const draft = this.draftOf(piece);
    if (!draft) {
      this.drafts.push({ index: piece.index, id: piece.id, name: piece.name, text: piece.text });
      return;
    }
    draft.id ??= piece.id;
    if (piece.name !== draft.name) draft.name += piece.name;
    draft.text += piece.text;
  }

  /** The call that a piece continues, undefined where it begins another. */
  private draftOf(piece: ToolCallPiece): Draft | undefined {
    const draft =
      piece.index === undefined
        ? piece.id === undefined
          ? this.drafts.at(-1)
          : this.drafts.findLast(({ id }) => id === piece.id)
        : this.drafts.findLast(({ index }) => index === piece.index);
    if (!draft) return undefined;
    const otherId = piece.id !== undefined && draft.id !== undefined && piece.id !== draft.id;
    const unindexedStart = piece.index === undefined && piece.id === undefined && piece.name !== '';
    const otherName = piece.name !== '' && piece.name !== draft.name && draft.text !== '';
    return otherId || unindexedStart || otherName ? undefined : draft;
  }

  /**
   * The calls, each with an id of its own. Pieces that never got a name are no call; with `isCut` (the reply ended at the
   * server's limit) neither are those whose arguments are incomplete.
   */
  finish(isCut: boolean): ToolCall[] {
    const taken = new Set<string>();
    return this.drafts
      .filter(({ name, text }) => name !== '' && !(isCut && !isJson(text)))
      .map(({ id, name, text }) => {
        const own = id !== undefined && !taken.has(id) ? id : this.newId();
        taken.add(own);
        return { id: own, name, arguments: text.trim() === '' ? '{}' : text };
      });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
