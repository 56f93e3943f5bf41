import * as z from 'zod';
import { fenced } from '../common/fence';
import { visibleJson } from '../common/visibleJson';
import type { ForeignContent, ForeignTool, RunFiles } from '../ports';
import { denial } from './denial';
import type { Evidence } from './evidence';
import { showResult } from './foreignResult';
import { defineTool, failure, type Tool, type ToolContext } from './tool';

/**
 * A tool of an MCP server or another extension, as one of a run: what it says is untrusted, so each call is the
 * person's to allow, unless the tool only reads and the run has read nothing yet that could be behind it; what it returns
 * can be cited.
 */
export function foreignTool(foreign: ForeignTool, runFiles?: RunFiles): Tool {
  return defineTool({
    name: foreign.name,
    description: `Offered by ${foreign.server}, which says of it:\n${fenced('description', { server: foreign.server }, foreign.description)}`,
    parameters: z.record(z.string(), z.unknown()),
    schema: foreign.schema,
    readOnly: foreign.readOnly,
    async run(args, context) {
      const mayCarry = context.exposure.read !== undefined;
      const refusal = foreign.readOnly && !mayCarry ? undefined : await askFirst(foreign, args, context);
      if (refusal !== undefined) return failure(refusal, 'denied');
      const called = await foreign.call(args, {
        signal: context.signal,
        onProgress: (done, total, message) => context.output(progressLine(done, total, message)),
      });
      if (!called.ok) return failure(called.fault.message);
      const { ok } = called.value;
      const { content, notes, files } = await showResult(called.value, context, runFiles);
      const evidence: Evidence[] = [];
      const texts: string[] = [];
      for (const part of content.filter(({ text }) => text.trim() !== '')) {
        const cited = ok ? await context.cite(draftOf(part)) : undefined;
        if (cited) evidence.push(cited);
        texts.push(cited ? `[${cited.id}] ${cited.title}\n${cited.text}` : part.text);
      }
      return {
        ok,
        content:
          [...texts, ...notes].join('\n\n') || (ok ? '(nothing)' : 'The tool failed and did not say why.'),
        preview: firstLine(content[0]?.text ?? (ok ? 'nothing' : 'failed')),
        files,
        evidence,
      };
    },
  });
}

/** What the model is told where the person does not allow the call; undefined where they do. */
async function askFirst(
  { name, server, readOnly }: ForeignTool,
  args: Readonly<Record<string, unknown>>,
  { approve, exposure: { read } }: ToolContext,
): Promise<string | undefined> {
  const { approved, reason } = await approve({
    what: 'tool',
    command: `${name} ${visibleJson(args)}`,
    code: null,
    reasons: readOnly
      ? [`This run has read what others wrote (${read}): the call may carry it to ${server}.`]
      : [`With this, ${server} may change something.`],
  });
  return approved ? undefined : denial('The user did not allow this call.', reason);
}

const draftOf = ({ kind, source, title, text }: ForeignContent) => ({
  source,
  title,
  locator: kind === 'resource' ? ({ kind: 'whole' } as const) : ({ kind: 'output' } as const),
  text,
});

/** A message says it all; most servers send none. */
function progressLine(done: number, total: number | undefined, message: string | undefined): string {
  const count = total === undefined ? String(done) : `${done} of ${total}`;
  return `${message === undefined ? count : `${count}: ${message}`}\n`;
}

const firstLine = (text: string): string => (text.trim().split('\n')[0] ?? '').slice(0, 120);
