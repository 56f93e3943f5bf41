/** Values of options and arguments, from the words of the command line. Each throws a UsageError for what is none. */
import { EXTENSIONS } from '../core/export/exportName';
import { RUN_FORMATS, type RunFormat } from '../core/export/exportedRun';
import { POLICY_NAMES, type PolicyName } from '../core/memory/retrieved';
import { EXPORT_FORMATS, type ExportFormat } from '../core/memory/transfer/formats';
import { parseOrigin } from '../core/tools/web/urlPolicy';

/** What is wrong with the words of the command line, for a person. */
export class UsageError extends Error {}

const MAX_CASES = 20;

/** What is not said is told by the file's name. */
export function runFormatOf(text: string | undefined, file = ''): RunFormat {
  const told = RUN_FORMATS.find((name) => file.toLowerCase().endsWith(`.${EXTENSIONS[name]}`));
  const format = text === undefined ? (told ?? 'markdown') : RUN_FORMATS.find((name) => name === text);
  if (format !== undefined) return format;
  throw new UsageError(`There is no format “${text ?? ''}”: use ${RUN_FORMATS.join(', ')}.`);
}

export function formatOf(text = 'lossless'): ExportFormat {
  const format = EXPORT_FORMATS.find((name) => name === text);
  if (format !== undefined) return format;
  throw new UsageError(`There is no format “${text}”: use ${EXPORT_FORMATS.join(', ')}.`);
}

export function policyOf(text: string | undefined): PolicyName | undefined {
  const policy = POLICY_NAMES.find((name) => name === text);
  if (text === undefined || policy) return policy;
  throw new UsageError(`There is no policy “${text}”: use ${POLICY_NAMES.join(', ')}.`);
}

export function originsOf(texts: readonly string[] = []): readonly string[] {
  return texts.map((text) => {
    const origin = parseOrigin(text);
    if (origin !== undefined) return origin;
    throw new UsageError(`--allow-origin takes an origin such as http://localhost:8080, not “${text}”.`);
  });
}

export function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0 && count <= MAX_CASES) return count;
  throw new UsageError(`--k takes a whole number from 0 to ${MAX_CASES}.`);
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`The arguments are not JSON: ${text}`);
  }
}
