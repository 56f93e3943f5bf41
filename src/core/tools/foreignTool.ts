import * as z from 'zod';
import type { ForeignContent, ForeignTool } from '../ports';
import type { Evidence } from './evidence';
import { defineTool, failure, type Tool } from './tool';

/**
 * A tool of an MCP server or another extension, as one of a run: what it says is untrusted, so each call is the
 * person's to allow, unless the tool only reads; what it returns can be cited.
 */
export function foreignTool(foreign: ForeignTool): Tool {
  return defineTool({
    name: foreign.name,
    description: `${foreign.description} (offered by ${foreign.server})`,
    parameters: z.record(z.string(), z.unknown()),
    schema: foreign.schema,
    readOnly: foreign.readOnly,
    async run(args, { signal, output, approve, cite }) {
      if (!foreign.readOnly) {
        const { approved, reason } = await approve({
          what: 'tool',
          command: `${foreign.name} ${JSON.stringify(args)}`,
          code: null,
          reasons: [`${foreign.server} may change something with it.`],
        });
        if (!approved) {
          const because = reason ? ` They said: “${reason}”.` : '';
          return failure(`The user did not allow this call.${because} Do not try it again.`, 'denied');
        }
      }
      const called = await foreign.call(args, {
        signal,
        onProgress: (done, total, message) => output(progressLine(done, total, message)),
      });
      if (!called.ok) return failure(called.fault.message);
      const { ok, content } = called.value;
      const evidence: Evidence[] = [];
      for (const part of ok ? content : []) {
        if (part.text.trim() !== '') evidence.push(await cite(draftOf(part)));
      }
      const text = ok
        ? evidence.map((found) => `[${found.id}] ${found.title}\n${found.text}`).join('\n\n')
        : content.map((part) => part.text).join('\n');
      return {
        ok,
        content: text === '' ? '(nothing)' : text,
        preview: firstLine(content[0]?.text ?? 'nothing'),
        evidence,
      };
    },
  });
}

const draftOf = ({ kind, source, title, text }: ForeignContent) => ({
  source,
  title,
  locator: kind === 'resource' ? ({ kind: 'whole' } as const) : ({ kind: 'output' } as const),
  text,
});

function progressLine(done: number, total: number | undefined, message: string | undefined): string {
  const count = total === undefined ? String(done) : `${done} of ${total}`;
  return `${message === undefined ? count : `${count}: ${message}`}\n`;
}

const firstLine = (text: string): string => (text.trim().split('\n')[0] ?? '').slice(0, 120);
