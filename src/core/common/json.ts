/**
 * JSON as language models write it, wrapped in prose and fences. Grammar: RFC 8259. While it arrives: `partialString.ts`.
 */

/** Characters that a search may look at, so that hostile text costs a bounded time. */
const WORK = 2_000_000;
/** What a bracket that turns out to begin nothing costs beside its characters. */
const TRY = 100;

/**
 * The first JSON object or array in `text`, undefined if there is none. Looked for in this order: the whole text, a
 * fenced block, anywhere in the prose. A `<think>…</think>` block at the start is passed over, and in prose so is an
 * array that holds no object (`[1]` is a citation mark). Tolerated: trailing commas and raw line breaks in strings.
 */
export function extractJson(text: string): unknown {
  for (const value of jsonValues(text)) return value;
  return undefined;
}

/** Every JSON object or array that `extractJson` would look at, in order. A value inside another is not given again. */
export function* jsonValues(text: string): Generator<object> {
  const body = withoutReasoning(text).trim();
  const whole = parseTolerant(body);
  if (isContainer(whole)) {
    yield whole;
    return;
  }
  let fenced = false;
  for (const match of body.matchAll(/```[\w-]*[ \t]*\r?\n([\s\S]*?)```/g)) {
    const value = parseTolerant(match[1] ?? '');
    if (!isContainer(value)) continue;
    fenced = true;
    yield value;
  }
  if (!fenced) yield* valuesInProse(body);
}

/** The text after the `<think>…</think>` block with which reasoning models begin; '' while the block is open. */
export function withoutReasoning(text: string): string {
  return text.replace(/^\s*<think>[\s\S]*?(?:<\/think>|$)/, '');
}

function* valuesInProse(text: string): Generator<object> {
  let work = WORK;
  for (let start = nextBracket(text, 0); start >= 0 && work > 0;) {
    const { end, closed } = bracketSpan(text, start);
    work -= end - start + TRY;
    const value = closed ? parseTolerant(text.slice(start, end)) : undefined;
    const taken = isContainer(value) && !(Array.isArray(value) && !value.some(isContainer));
    if (taken) yield value;
    start = nextBracket(text, taken ? end : start + 1);
  }
}

function nextBracket(text: string, from: number): number {
  for (let i = from; i < text.length; i++) if (text[i] === '{' || text[i] === '[') return i;
  return -1;
}

/** How far the bracket at `start` reaches (`end` is exclusive), and whether it is closed. Those in strings don't count. */
function bracketSpan(text: string, start: number): { readonly end: number; readonly closed: boolean } {
  const open: string[] = [];
  for (let i = start; i < text.length; i++) {
    const char = text[i];
    if (char === '"') i = stringEnd(text, i) - 1;
    else if (char === '{') open.push('}');
    else if (char === '[') open.push(']');
    else if (char === '}' || char === ']') {
      if (open.pop() !== char) return { end: i + 1, closed: false };
      if (open.length === 0) return { end: i + 1, closed: true };
    }
  }
  return { end: text.length, closed: false };
}

/** Where the string whose opening quote is at `start` ends (after its closing quote), or the text's length. */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

function parseTolerant(text: string): unknown {
  if (!text.includes('{') && !text.includes('[')) return undefined;
  return parseJson(text) ?? parseJson(repaired(text));
}

/** Trailing commas dropped, control characters in strings escaped: what models get wrong most. */
export function repaired(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '"') {
      const end = stringEnd(text, i);
      // RFC 8259 §7 forbids these in a string.
      out += text.slice(i, end).replace(/[\u0000-\u001f]/g, (raw) => JSON.stringify(raw).slice(1, -1));
      i = end - 1;
    } else if (char !== ',' || !/^\s*[}\]]/.test(text.slice(i + 1, i + 200))) out += char;
  }
  return out;
}

/** Undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Levels of arrays and objects that whatever reads JSON of others takes: deeper, `JSON.stringify` has no stack left. */
export const DEEPEST = 100;

/** A text or a number has no level. */
export const isNestedWithin = (value: unknown, levels: number): boolean =>
  !isContainer(value) ||
  (levels > 0 && Object.values(value).every((inner) => isNestedWithin(inner, levels - 1)));

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
