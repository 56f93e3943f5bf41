import * as z from 'zod';
import type { JsonSchema, RunFiles } from '../core/ports';
import { showResult } from '../core/tools/foreignResult';
import { defineTool, type Tool } from '../core/tools/tool';

/** A tool that a program brings along: what it is for, and a function. */
export interface OwnTool {
  /** What models call it by: letters, digits, `_` and `-`, at most 64 characters. */
  readonly name: string;
  /** For the model: what it does and when to use it. */
  readonly description: string;
  /** JSON Schema of the arguments, which are an object. */
  readonly parameters: JsonSchema;
  /** It changes nothing: in a run the same call again is answered with what it returned before. */
  readonly readOnly?: boolean;
  /** What it returns is this program's own words and quotes nobody, so that the run need not mistrust them. */
  readonly ownWords?: boolean;
  /**
   * Gets arguments that fit `parameters`. The text that it returns is what the model reads and an answer may cite; of a
   * long one head and tail. What it throws the model is told as the tool's failure.
   */
  run(
    args: Readonly<Record<string, unknown>>,
    context: {
      /** Aborts when the run is cancelled. */
      readonly signal: AbortSignal;
      /** Live output for the person who watches. */
      readonly output: (chunk: string) => void;
    },
  ): string | Promise<string>;
}

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Throws for a name that is none or there twice, and for a schema that cannot be checked. */
export function ownTools(given: readonly OwnTool[], runFiles: RunFiles | undefined): readonly Tool[] {
  const names = given.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`Two tools are called “${twice}”.`);
  return given.map((tool) => ownTool(tool, runFiles));
}

function ownTool(tool: OwnTool, runFiles: RunFiles | undefined): Tool {
  const { name, description, readOnly = false, ownWords = false } = tool;
  if (!NAME.test(name)) {
    throw new Error(`“${name}” is no name of a tool: 1 to 64 letters, digits, _ and - make one.`);
  }
  return defineTool({
    name,
    description,
    parameters: argumentsOf(tool),
    schema: tool.parameters,
    readOnly,
    ownWords,
    async run(args, context) {
      const said = await tool.run(args, context);
      const whole = { kind: 'text', source: name, title: name, text: said } as const;
      const result = { ok: true, content: [whole], images: [] };
      const { content, notes, files } = await showResult(result, context, runFiles);
      const text = content.map((part) => part.text).join('\n');
      if (text.trim() === '') return { ok: true, content: '(nothing)', preview: 'nothing' };
      const evidence = await context.cite({ source: name, title: name, locator: { kind: 'output' }, text });
      return {
        ok: true,
        content: [`[${evidence.id}] ${text}`, ...notes].join('\n\n'),
        preview: text.trim().split('\n')[0]?.slice(0, 120) ?? '',
        files,
        evidence: [evidence],
      };
    },
  });
}

/** What checks the arguments. */
const argumentsOf = ({ parameters }: OwnTool) =>
  z.fromJSONSchema(parameters).pipe(z.record(z.string(), z.unknown()));
