/**
 * The tools that VS Code has for language models: of its MCP servers, and of other extensions. They are there for a run
 * only where the user chose them by name. VS Code itself confirms what a tool wants confirmed, and so does the run.
 */
import * as vscode from 'vscode';
import { isAbortError } from '../core/common/abort';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import { EscapeStripper } from '../core/common/terminalText';
import type { ForeignContent, ForeignResult, ForeignTool, ForeignTools, ImageInput } from '../core/ports';
import { serverPrefixes, toolNames } from '../core/tools/foreignNames';
import { readSettings } from './settings';

/** Where Memento's own tools begin, and those of its MCP server: a run that called itself would never end. */
const OWN = /^(?:mcp_)?memento/i;
const SERVER = 'editor';
const DECODER = new TextDecoder('utf-8', { fatal: true });

/** The tools that there are to choose from, by name. */
export const offeredTools = (): readonly vscode.LanguageModelToolInformation[] =>
  vscode.lm.tools.filter(({ name }) => !OWN.test(name)).toSorted((a, b) => a.name.localeCompare(b.name));

export const languageModelTools: ForeignTools = {
  list: () => {
    const [prefix = ''] = serverPrefixes([SERVER]);
    const chosen = readSettings().editorTools;
    const offered = offeredTools();
    const found = offered.filter(({ name }) => chosen.includes(name));
    const names = toolNames(
      prefix,
      found.map(({ name }) => name),
    );
    const missing = chosen.filter((name) => offered.every((tool) => tool.name !== name));
    return Promise.resolve({
      tools: found.map((tool, i) => foreignOf(tool, names[i] ?? prefix)),
      notices: missing.map((name) => `VS Code does not offer the tool “${name}” at present.`),
    });
  },
};

function foreignOf(tool: vscode.LanguageModelToolInformation, name: string): ForeignTool {
  return {
    name,
    server: `VS Code (${tool.name})`,
    description: plain(tool.description),
    schema: { type: 'object', properties: {}, ...tool.inputSchema },
    // VS Code does not tell, so the person is asked.
    readOnly: false,
    call: (input, { signal }) => invoke(tool.name, name, input, signal),
  };
}

/** Rejects with the signal's reason once it aborts. */
async function invoke(
  tool: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<Result<ForeignResult>> {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = () => cancellation.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const options = { input, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool(tool, options, cancellation.token);
    signal.throwIfAborted();
    return ok(resultOf(content, tool, name));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof vscode.CancellationError || isAbortError(error)) {
      return failed('denied', `The tool “${tool}” was not allowed to run. Do not call it again.`);
    }
    return failed('tool', `The tool “${tool}” failed: ${messageOf(error)}`);
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}

function resultOf(parts: readonly unknown[], tool: string, name: string): ForeignResult {
  const images: ImageInput[] = [];
  const content = parts.map((part): ForeignContent => {
    return { kind: 'text', source: name, title: tool, text: plain(textOf(part, images)) };
  });
  return { ok: true, content, images };
}

function textOf(part: unknown, images: ImageInput[]): string {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  if (part instanceof vscode.LanguageModelPromptTsxPart) return tsxText(part.value);
  if (isData(part)) return dataText(part, images);
  return '(content of a kind that is not known here)';
}

/** `LanguageModelDataPart`, which VS Code 1.105 does not have yet. */
interface DataPart {
  readonly mimeType: string;
  readonly data: Uint8Array;
}

const isData = (part: unknown): part is DataPart =>
  typeof part === 'object' &&
  part !== null &&
  'mimeType' in part &&
  typeof part.mimeType === 'string' &&
  'data' in part &&
  part.data instanceof Uint8Array;

function dataText({ mimeType, data }: DataPart, images: ImageInput[]): string {
  const mediaType = IMAGES.find((known) => known === mimeType);
  const size = `${mimeType}, ${data.length.toLocaleString('en-US')} bytes`;
  if (mediaType) {
    images.push({ mediaType, bytes: data });
    return `(image ${images.length}, ${size})`;
  }
  try {
    return /^text\/|\bjson\b|\bxml\b/.test(mimeType) ? DECODER.decode(data) : `(${size}, which is no text)`;
  } catch {
    return `(${size}, which is no text)`;
  }
}

const IMAGES: readonly ImageInput['mediaType'][] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** The words in what @vscode/prompt-tsx made: its tree has them as `text` of its nodes. */
function tsxText(value: unknown): string {
  const words: string[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (depth > 100 || typeof node !== 'object' || node === null) return;
    if ('text' in node && typeof node.text === 'string') words.push(node.text);
    for (const child of Object.values(node)) visit(child, depth + 1);
  };
  visit(value, 0);
  return words.length > 0 ? words.join('') : JSON.stringify(value);
}

const plain = (text: string): string => new EscapeStripper().write(text);
