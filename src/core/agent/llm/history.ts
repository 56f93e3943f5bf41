/**
 * The calls of one task and what came of them, as messages that stay within a number of tokens: what is old is replaced
 * by its evidence, one line each, and at last by a list of calls. Nothing that can be cited is lost: the run keeps its
 * evidence, and a prompt names it.
 */
import { fence, fenced } from '../../common/fence';
import { type Evidence, formatSource } from '../../tools/evidence';
import type { ToolResult } from '../../tools/tool';
import type { ChatMessage, ChatReply, TokenCounter, ToolCall } from '../../ports';
import { A_MESSAGE } from '../promptTokens';
import { cutToTokens } from './room';

/** Tokens of one result; head and tail of what is longer. */
const OBSERVATION = 6_000;
/** Characters of an evidence's text that its line shows. */
const FIRST_WORDS = 80;
/** Of a result without evidence. */
const FIRST_LINES = 200;
/** Of an argument, once its call is old. */
const OLD_ARGUMENT = 200;
/** Calls are made shorter down to this share of the room, so that most prompts begin as the one before did (it is cached). */
const LOW = 0.6;
/** Share of the room for the list of the oldest calls. */
const LISTED = 0.25;

interface Turn {
  readonly reply: Pick<ChatReply, 'text' | 'toolCalls'>;
  /** One a call. */
  readonly results: readonly ToolResult[];
  form: Form;
  /** What it looks like: made once, for a long task asks for it with each of its calls. */
  made: { readonly form: Form; readonly most: number; readonly messages: readonly ChatMessage[] } | undefined;
}

type Form = 'whole' | 'evidence';

export class CallHistory {
  readonly #turns: Turn[] = [];
  readonly #counter: TokenCounter;
  /** So many turns, the oldest, have no messages any more. */
  #listed = 0;
  #list: { readonly turns: number; readonly tokens: number; readonly text: string } | undefined;

  constructor(counter: TokenCounter) {
    this.#counter = counter;
  }

  get isEmpty(): boolean {
    return this.#turns.length === 0;
  }

  add(reply: Pick<ChatReply, 'text' | 'toolCalls'>, results: readonly ToolResult[]): void {
    this.#turns.push({ reply, results, form: 'whole', made: undefined });
  }

  /**
   * The messages of the calls, and the list of those that have none any more ('' with none). The newest results are kept
   * as long as there is room for them; those of the last turn always, cut to it.
   */
  async within(
    tokens: number,
  ): Promise<{ readonly messages: readonly ChatMessage[]; readonly listed: string }> {
    await this.#shorten(tokens);
    const messages: ChatMessage[] = [];
    for (const turn of this.#shown()) messages.push(...(await this.#messages(turn, tokens)));
    return { messages, listed: await this.#listText(tokens * LISTED) };
  }

  #shown(): readonly Turn[] {
    return this.#turns.slice(this.#listed);
  }

  /** From the oldest on: first to their evidence, then off the messages. */
  async #shorten(tokens: number): Promise<void> {
    const lengths = new Map<Turn, number>();
    let length = await this.#counter.count(await this.#listText(tokens * LISTED));
    for (const turn of this.#shown()) {
      const own = await this.#length(turn, tokens);
      lengths.set(turn, own);
      length += own;
    }
    if (length <= tokens) return;
    for (const turn of this.#shown().slice(0, -1)) {
      if (length <= tokens * LOW) return;
      turn.form = 'evidence';
      const short = await this.#length(turn, tokens);
      length += short - (lengths.get(turn) ?? 0);
      lengths.set(turn, short);
    }
    for (const turn of this.#shown().slice(0, -1)) {
      if (length <= tokens * LOW) return;
      // The list has a length of its own.
      length -= lengths.get(turn) ?? 0;
      turn.made = undefined;
      this.#listed++;
    }
  }

  /** Tokens of a turn. */
  async #length(turn: Turn, tokens: number): Promise<number> {
    let length = 0;
    for (const message of await this.#messages(turn, tokens)) {
      const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
      length += A_MESSAGE + (await this.#counter.count(message.content));
      for (const call of calls) length += await this.#counter.count(call.name + call.arguments);
    }
    return length;
  }

  async #messages(turn: Turn, tokens: number): Promise<readonly ChatMessage[]> {
    const { form, made, results } = turn;
    const most = Math.min(OBSERVATION, Math.floor(tokens / 2 / Math.max(1, results.length)));
    if (made?.form === form && made.most === most) return made.messages;
    const messages = await this.#written(turn, most);
    turn.made = { form, most, messages };
    return messages;
  }

  /** @param most tokens of a whole result */
  async #written({ reply, results, form }: Turn, most: number): Promise<readonly ChatMessage[]> {
    const isWhole = form === 'whole';
    const toolCalls = isWhole ? reply.toolCalls : reply.toolCalls.map(shortCall);
    const contents = isWhole
      ? await Promise.all(results.map(({ content }) => cutToTokens(content, most, this.#counter)))
      : results.map(evidenceLines);
    return [
      { role: 'assistant', content: isWhole ? reply.text : reply.text.slice(0, FIRST_LINES), toolCalls },
      ...reply.toolCalls.map(({ id, name }, i): ChatMessage => ({
        role: 'tool',
        callId: id,
        content: fenced('output', { tool: name }, contents[i] ?? ''),
      })),
    ];
  }

  /** Written anew only where more has to be listed. */
  async #listText(tokens: number): Promise<string> {
    const turns = this.#listed;
    if (this.#list?.turns !== turns || this.#list.tokens !== tokens) {
      this.#list = { turns, tokens, text: await this.#writtenList(tokens) };
    }
    return this.#list.text;
  }

  /** A line a call, the newest ones; of those before only which evidence they found. */
  async #writtenList(tokens: number): Promise<string> {
    const calls = this.#turns
      .slice(0, this.#listed)
      .flatMap(({ reply, results }) =>
        reply.toolCalls.map((call, i) => ({ call, evidence: results[i]?.evidence ?? [] })),
      );
    const lines: string[] = [];
    let left = tokens;
    while (calls.length > 0) {
      const last = calls.at(-1);
      const line = last ? callLine(last.call, last.evidence) : '';
      left -= await this.#counter.count(line);
      if (left < 0) break;
      lines.push(line);
      calls.pop();
    }
    const older = [...new Set(calls.flatMap(({ evidence }) => evidence.map(({ id }) => id)))];
    return [
      ...(calls.length === 0
        ? []
        : [`- ${calls.length} calls before these found ${ranges(older) || 'nothing to cite'}`]),
      ...lines.reverse(),
    ].join('\n');
  }
}

function evidenceLines({ content, evidence = [] }: ToolResult): string {
  if (evidence.length === 0) {
    return content.length <= FIRST_LINES
      ? content
      : `${content.slice(0, FIRST_LINES)} … (taken out to save room)`;
  }
  const lines = evidence.map(evidenceLine);
  return `(Taken out to save room; what was found can still be cited, and read again with its tool:)\n${lines.join('\n')}`;
}

/** Characters that are looked at for the first words; of a page without end not all. */
const LOOKED_AT = 10 * FIRST_WORDS;

/** `[e3] notes/a.md:12-15 — Instruments › Winch: The winch lowers the …` */
export function evidenceLine({ id, source, locator, title, text }: Evidence): string {
  const words = text.trimStart().slice(0, LOOKED_AT).replace(/\s+/g, ' ').trimEnd();
  const isAll = words.length <= FIRST_WORDS && text.length <= LOOKED_AT;
  const first = isAll ? words : `${words.slice(0, FIRST_WORDS)} …`;
  return fence(`[${id}] ${formatSource(source, locator)} — ${title}: ${first}`);
}

const callLine = (call: ToolCall, evidence: readonly Evidence[]): string =>
  fence(
    `- ${call.name} ${shortArguments(call.arguments)} → ${
      evidence.map(({ id, source, locator }) => `[${id}] ${formatSource(source, locator)}`).join('; ') ||
      'nothing to cite'
    }`,
  );

const shortCall = (call: ToolCall): ToolCall => ({ ...call, arguments: shortArguments(call.arguments) });

/** Still JSON, where it was: servers read the arguments of earlier calls. */
function shortArguments(text: string): string {
  if (text.length <= OLD_ARGUMENT) return text;
  const cut = (_key: string, value: unknown): unknown =>
    typeof value === 'string' && value.length > OLD_ARGUMENT ? `${value.slice(0, OLD_ARGUMENT)} …` : value;
  try {
    const short = JSON.stringify(JSON.parse(text), cut);
    return short.length <= 4 * OLD_ARGUMENT ? short : '{}';
  } catch {
    return '{}';
  }
}

/** Calls of several tasks take turns in finding: what one of them found may have as many gaps as it has calls. */
const MOST_RANGES = 40;

/** `e1-e3, e7`; of more than forty such pieces, all before the last ones as one. */
function ranges(ids: readonly string[]): string {
  const numbers = ids.map((id) => Number(id.slice(1))).sort((a, b) => a - b);
  const spans: Span[] = [];
  for (const n of numbers) {
    const span = spans.at(-1);
    if (span && n === span.last + 1) span.last = n;
    else spans.push({ first: n, last: n });
  }
  const newest = spans.slice(-MOST_RANGES);
  const [before, from] = [spans[0], spans.at(-MOST_RANGES - 1)];
  const some = before && from ? [`some of ${spanText({ first: before.first, last: from.last })}`] : [];
  return [...some, ...newest.map(spanText)].join(', ');
}

interface Span {
  first: number;
  last: number;
}

const spanText = ({ first, last }: Readonly<Span>): string =>
  first === last ? `e${first}` : `e${first}-e${last}`;
