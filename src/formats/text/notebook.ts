/** Jupyter notebooks of nbformat 3 and 4: a part for each cell, with what it printed. */
import * as z from 'zod';
import { failed, messageOf, ok, type Result } from '../../core/common/result';
import type { DocumentContent, DocumentPart } from '../../core/ports';
import { markdownOutline } from '../../core/tools/search/blocks';
import type { Source } from '../source';
import { textOf } from './read';

/** nbformat writes a text as a string or as its lines. */
const Text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(''))]);
/** By media type; in nbformat 3 by short name, on the output itself. */
const Data = z.record(z.string(), z.unknown());

const Output = z.looseObject({
  output_type: z.string().default(''),
  text: Text.optional().catch(undefined),
  data: Data.optional().catch(undefined),
  ename: z.string().optional().catch(undefined),
  evalue: z.string().optional().catch(undefined),
});

const Cell = z.looseObject({
  cell_type: z.string().default('raw'),
  source: Text.optional().catch(undefined),
  /** nbformat 3: the source of a code cell. */
  input: Text.optional().catch(undefined),
  /** nbformat 3: of a heading cell. */
  level: z.number().int().min(1).max(6).optional().catch(undefined),
  outputs: z.array(Output).default([]).catch([]),
});

const Notebook = z.object({
  nbformat: z.number().optional().catch(undefined),
  metadata: z
    .object({
      language_info: z.object({ name: z.string() }).optional().catch(undefined),
      kernelspec: z.object({ language: z.string() }).optional().catch(undefined),
    })
    .default({})
    .catch({}),
  cells: z.array(Cell).optional(),
  worksheets: z.array(z.object({ cells: z.array(Cell) })).optional(),
});

type Cell = z.infer<typeof Cell>;
type Output = z.infer<typeof Output>;

export function readNotebook(source: Source): Result<DocumentContent> {
  const text = textOf(source);
  if (!text.ok) return text;
  const notebook = parse(text.value);
  if (!notebook.ok) return notebook;
  const { metadata, cells, worksheets = [] } = notebook.value;
  const language = metadata.language_info?.name ?? metadata.kernelspec?.language ?? 'python';
  const parts: DocumentPart[] = [];
  let title: string | undefined;
  let headings: readonly string[] = [];
  for (const [i, cell] of (cells ?? worksheets.flatMap((sheet) => sheet.cells)).entries()) {
    const written = textOfCell(cell, language);
    if (cell.cell_type === 'markdown' || cell.cell_type === 'heading') {
      const outline = markdownOutline(written.split('\n'));
      title ??= outline.title;
      headings = outline.blocks.findLast((block) => block.headings.length > 0)?.headings ?? headings;
    }
    const number = i + 1;
    parts.push({
      locator: { kind: 'cells', start: number, end: number },
      title: headings.join(' › '),
      text: written,
    });
  }
  return ok({ format: 'notebook', title, parts, notes: [] });
}

function parse(text: string): Result<z.infer<typeof Notebook>> {
  try {
    const notebook = Notebook.safeParse(JSON.parse(text));
    if (notebook.success && (notebook.data.cells ?? notebook.data.worksheets)) return ok(notebook.data);
    return failed('bad-reply', 'It is no notebook: it has no list of cells.');
  } catch (error) {
    return failed('bad-reply', `It is a broken notebook: ${messageOf(error)}.`);
  }
}

function textOfCell(cell: Cell, language: string): string {
  const written = cell.source ?? cell.input ?? '';
  if (cell.cell_type === 'heading') return `${'#'.repeat(cell.level ?? 1)} ${written}`;
  if (cell.cell_type !== 'code') return written;
  const outputs = cell.outputs.map(textOfOutput).filter((output) => output.trim() !== '');
  return [fenced(written, language), ...outputs.map((output) => `Output:\n${output}`)].join('\n\n');
}

/** What the cell printed, as readable as the notebook has it: text before pictures. */
function textOfOutput(output: Output): string {
  if (output.output_type === 'error' || output.output_type === 'pyerr') {
    return fenced(`${output.ename ?? 'Error'}: ${output.evalue ?? ''}`, '');
  }
  if (output.output_type === 'stream') return fenced(output.text ?? '', '');
  const data = output.data ?? output;
  const markdown = string(data['text/markdown']);
  if (markdown !== undefined) return markdown;
  const plain = string(data['text/plain'] ?? data['text']);
  const pictures = Object.keys(data).filter((type) => /^image\/|^(?:png|jpeg|svg)$/.test(type));
  const picture = pictures.length > 0 ? `(a picture, ${pictures.join(', ')})` : '';
  return [plain === undefined ? '' : fenced(plain, ''), picture].filter((part) => part !== '').join('\n');
}

function string(value: unknown): string | undefined {
  const text = Text.safeParse(value);
  return text.success ? text.data : undefined;
}

/** A fence longer than any in the text. */
function fenced(text: string, language: string): string {
  // Colours of a terminal say nothing here.
  const plain = text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '').replace(/\n+$/, '');
  const longest = Math.max(2, ...Array.from(plain.matchAll(/`{3,}/g), ([fence]) => fence.length));
  const fence = '`'.repeat(longest + 1);
  return plain === '' ? '' : `${fence}${language}\n${plain}\n${fence}`;
}
