/** Reads the many forms in which servers say why they refuse. */
import * as z from 'zod';

/** Codes are text or numbers (OpenRouter). */
const code = z.union([z.string(), z.number()]).nullish().catch(undefined);
const errorSchema = z.object({
  message: z.string().catch(''),
  type: code,
  code,
  param: z.string().nullish().catch(undefined),
});
/** FastAPI's validation errors: `{"detail":[{"loc":["body","tools"],"msg":"Extra inputs are not permitted"}]}`. */
const detailSchema = z.array(
  z.object({ loc: z.array(z.union([z.string(), z.number()])).catch([]), msg: z.string().catch('') }),
);
const bodySchema = z.object({
  error: z.union([errorSchema, z.string()]).optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  code,
  detail: z.union([z.string(), detailSchema]).optional().catch(undefined),
});

export interface ServerMessage {
  /** For a person. */
  readonly text: string;
  /** Machine-readable codes and parameter names, space-separated, e.g. `model_not_found`. */
  readonly codes: string;
}

export function serverMessage(body: string): ServerMessage {
  const parsed = bodySchema.safeParse(parseJson(body));
  if (!parsed.success) return { text: isWebPage(body) ? '' : body, codes: '' };
  const { error, message, detail } = parsed.data;
  const { text = '', codes = [] } =
    typeof error === 'string'
      ? { text: error }
      : error
        ? { text: error.message, codes: [error.code, error.type, error.param] }
        : {};
  const details =
    typeof detail === 'string'
      ? detail
      : detail?.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ');
  return {
    text: text || message || details || '',
    codes: [...codes, parsed.data.code].filter((part) => part !== null && part !== undefined).join(' '),
  };
}

export const isWebPage = (body: string): boolean => /^\s*<(?:!doctype|html|head|body)\b/i.test(body);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
