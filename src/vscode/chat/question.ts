/** The question of a chat request: what was typed, with what is attached named or quoted in it. */
import type * as vscode from 'vscode';

/** Of a selection or a text, characters: a question is no place for whole files, which the run reads itself. */
const LONGEST_QUOTE = 4_000;

/** What the user sees of the file below: its name is given, not its text. */
const VIEWPORT = 'vscode.implicit.viewport';

export interface Attachments {
  /** As the workspace calls it. */
  readonly nameOf: (uri: vscode.Uri) => string;
  /** Undefined where it cannot be read. */
  readonly textOf: (location: vscode.Location) => Promise<string | undefined>;
}

export interface ChatQuestion {
  readonly question: string;
  /** Names of attachments that are neither a place in a file nor text: images and the like. */
  readonly leftOut: readonly string[];
}

export async function questionOf(
  { prompt, references }: Pick<vscode.ChatRequest, 'prompt' | 'references'>,
  attachments: Attachments,
): Promise<ChatQuestion> {
  let question = prompt;
  const attached: string[] = [];
  const leftOut: string[] = [];
  // The last one in the prompt comes first, so that the places of the others stay as they are.
  for (const reference of references) {
    const found = await described(reference, attachments);
    if (found === undefined) leftOut.push(reference.modelDescription ?? reference.id);
    else if (reference.range) {
      const [start, end] = reference.range;
      question = question.slice(0, start) + found.name + question.slice(end);
      if (found.quote !== '') attached.unshift(`${found.name}:\n${found.quote}`);
    } else {
      attached.unshift(found.quote === '' ? `Attached: ${found.name}` : `${found.name}:\n${found.quote}`);
    }
  }
  return { question: [question.trim(), ...attached].join('\n\n'), leftOut };
}

interface Described {
  readonly name: string;
  /** Markdown; empty where the name is enough. */
  readonly quote: string;
}

async function described(
  { id, value, modelDescription }: vscode.ChatPromptReference,
  { nameOf, textOf }: Attachments,
): Promise<Described | undefined> {
  if (typeof value === 'string') return { name: modelDescription ?? 'Attached text', quote: quoted(value) };
  if (isUri(value)) return { name: `\`${nameOf(value)}\``, quote: '' };
  if (!isLocation(value)) return undefined;
  const name = `\`${nameOf(value.uri)}\``;
  if (id === VIEWPORT) return { name, quote: '' };
  const { start, end } = value.range;
  const text = (await textOf(value))?.trim() ?? '';
  return { name: `${name}, lines ${start.line + 1}-${end.line + 1}`, quote: text === '' ? '' : quoted(text) };
}

const quoted = (text: string): string => {
  const kept = text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE)} […]`;
  return kept.replace(/^/gm, '> ');
};

// By their form: VS Code gives what it revived, and a test needs no editor.

const isUri = (value: unknown): value is vscode.Uri =>
  typeof value === 'object' && value !== null && 'scheme' in value && 'fsPath' in value;

const isLocation = (value: unknown): value is vscode.Location =>
  typeof value === 'object' && value !== null && 'uri' in value && isUri(value.uri) && 'range' in value;
