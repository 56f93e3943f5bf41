/** What a model can do, tried on it with a few short requests. */
import { extractJson } from '../core/common/json';
import { ok, type Fault, type Failed, type Ok } from '../core/common/result';
import type { Price } from '../core/agent/limits';
import type {
  ChatMessage,
  ChatModel,
  ChatReply,
  ChatRequest,
  JsonSchema,
  ToolDefinition,
} from '../core/ports';
import { bareCalls } from './jsonProtocol';
import { withJsonTools } from './jsonTools';
import type { ResponseFormat } from './request';

export type CheckName = 'reachable' | 'streaming' | 'tools' | 'json' | 'images' | 'context' | 'price';

export interface Check {
  readonly name: CheckName;
  /** `instead`: it cannot, and what is done in its place works. */
  readonly verdict: 'works' | 'instead' | 'fails';
  /** One sentence: what was seen and, where it cannot, what happens instead. */
  readonly words: string;
  readonly fault?: Fault;
}

/** A model as its server has it, before anything makes up for what is missing. */
export interface BareModel extends ChatModel {
  /** How a schema is asked for, by what the server has refused so far. Absent where the provider knows no schemas. */
  jsonFormat?(): ResponseFormat;
}

export interface ProbeOptions {
  readonly signal: AbortSignal;
  readonly price: Price | undefined;
}

/** Five requests at most. Ends after `reachable` where that fails. Rejects with an AbortError when `signal` aborts. */
export async function* probeModel(model: BareModel, { signal, price }: ProbeOptions): AsyncGenerator<Check> {
  for await (const check of probeText(model, signal)) {
    yield check;
    if (check.name === 'reachable' && check.verdict === 'fails') return;
  }
  yield await probeTools(model, signal);
  yield await probeJson(model, signal);
  yield contextCheck(model.contextTokens);
  yield priceCheck(price);
}

async function* probeText(model: ChatModel, signal: AbortSignal): AsyncGenerator<Check> {
  const startedAt = Date.now();
  let pieces = 0;
  let firstAfter: number | undefined;
  const reply = await model.complete(
    ask('Count from 1 to 30, with spaces between, and write nothing else.'),
    {
      signal,
      onText: () => {
        pieces++;
        firstAfter ??= Date.now() - startedAt;
      },
    },
  );
  if (!reply.ok) {
    yield faulty('reachable', reply);
    return;
  }
  const seconds = ((firstAfter ?? Date.now() - startedAt) / 1000).toFixed(1);
  yield { name: 'reachable', verdict: 'works', words: `It answered after ${seconds} s.` };
  yield pieces > 1
    ? { name: 'streaming', verdict: 'works', words: `Text is shown as it is written (${pieces} pieces).` }
    : {
        name: 'streaming',
        verdict: 'instead',
        words: 'The reply came in one piece: text is shown when it is complete.',
      };
}

const LEVEL = '4217';
const GAUGE: ToolDefinition = {
  name: 'water_level',
  description: 'Tells the present water level of a harbour, in millimetres.',
  parameters: { type: 'object', properties: { harbour: { type: 'string' } }, required: ['harbour'] },
};
const GAUGE_QUESTION =
  'What is the water level at the harbour of Ebeltoft? Call the tool water_level; do not guess.';

async function probeTools(model: ChatModel, signal: AbortSignal): Promise<Check> {
  const name = 'tools';
  const seen = await callGauge(model, signal);
  if (!seen.ok) return seen.fault.code === 'unsupported' ? probeJsonTools(model, signal) : faulty(name, seen);
  switch (seen.value) {
    case 'read':
      return { name, verdict: 'works', words: 'It called a tool and made use of the result.' };
    case 'ignored':
      return { name, verdict: 'fails', words: 'It called a tool, but its reply left the result out.' };
    case 'written':
      return {
        name,
        verdict: 'instead',
        words: 'It writes calls of tools as text: they are read from there.',
      };
    case 'none':
      return {
        name,
        verdict: 'fails',
        words: 'It was asked to call a tool and did not: tasks may end without anything being looked up.',
      };
  }
}

async function probeJsonTools(model: ChatModel, signal: AbortSignal): Promise<Check> {
  const seen = await callGauge(withJsonTools(model), signal);
  if (!seen.ok) return faulty('tools', seen);
  return seen.value === 'read'
    ? {
        name: 'tools',
        verdict: 'instead',
        words: 'No function calling: the JSON tool protocol is used, and works.',
      }
    : {
        name: 'tools',
        verdict: 'fails',
        words:
          'No function calling, and the model does not keep to the JSON tool protocol: choose another executor.',
      };
}

type Seen = 'read' | 'ignored' | 'written' | 'none';

/** Whether the model calls the tool, and whether the reply has what it returned. */
async function callGauge(model: ChatModel, signal: AbortSignal): Promise<Ok<Seen> | Failed> {
  const question: ChatMessage = { role: 'user', content: GAUGE_QUESTION };
  const first = await model.complete({ messages: [question], tools: [GAUGE] }, { signal });
  if (!first.ok) return first;
  const { text, toolCalls } = first.value;
  const call = toolCalls.find(
    (each) => each.name === GAUGE.name && extractJson(each.arguments) !== undefined,
  );
  if (!call) return ok(bareCalls(text, [GAUGE]).length > 0 ? 'written' : 'none');
  const messages: readonly ChatMessage[] = [
    question,
    { role: 'assistant', content: text, toolCalls: [call] },
    { role: 'tool', callId: call.id, content: `{"millimetres":${LEVEL}}` },
  ];
  const second = await model.complete({ messages, tools: [GAUGE] }, { signal });
  if (!second.ok) return second;
  // 4,217 and 4.217 m are the result too.
  return ok(second.value.text.replace(/[,.\s’]/g, '').includes(LEVEL) ? 'read' : 'ignored');
}

const BOATS: JsonSchema = {
  type: 'object',
  properties: { harbourName: { type: 'string' }, boatCount: { type: 'integer' } },
  required: ['harbourName', 'boatCount'],
  additionalProperties: false,
};
const FACT = 'The harbour of Ebeltoft has seven boats.';

/** The names of the fields are in the schema alone, so that only a server which enforces it gets them right. */
async function probeJson(model: BareModel, signal: AbortSignal): Promise<Check> {
  const name = 'json';
  const schema = { name: 'boats', schema: BOATS };
  if (model.jsonFormat) {
    const enforced = await model.complete({ ...ask(`${FACT} Write that as JSON.`), schema }, { signal });
    if (!enforced.ok) return faulty(name, enforced);
    if (model.jsonFormat() === 'json_schema' && hasBoats(enforced.value)) {
      return { name, verdict: 'works', words: 'Replies keep to a JSON schema.' };
    }
  }
  const inWords = `${FACT} Reply with one JSON object and nothing else: {"harbourName":"…","boatCount":<number>}`;
  const reply = await model.complete({ ...ask(inWords), schema }, { signal });
  if (!reply.ok) return faulty(name, reply);
  return hasBoats(reply.value)
    ? {
        name,
        verdict: 'instead',
        words: `${WITHOUT_SCHEMA[model.jsonFormat?.() ?? 'text']} JSON is asked for in words, and repaired once where it is broken.`,
      }
    : {
        name,
        verdict: 'fails',
        words: 'It did not reply in JSON when it was asked to: plans may fail. Choose another planner.',
      };
}

const WITHOUT_SCHEMA: Readonly<Record<ResponseFormat, string>> = {
  json_schema: 'A JSON schema is taken and not kept to.',
  json_object: 'JSON mode, without a schema.',
  text: 'No JSON mode.',
};

function hasBoats({ text }: ChatReply): boolean {
  const value = extractJson(text);
  return typeof value === 'object' && value !== null && 'harbourName' in value && 'boatCount' in value;
}

/** 64 × 64 pixels of red (PNG). */
const RED =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAT0lEQVR42u3PQQkAAAgEsEty/UMZxgi+hcEKLNO+FgEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQGBywLPLIEA68ZURwAAAABJRU5ErkJggg==';

export async function probeImages(model: ChatModel, signal: AbortSignal): Promise<Check> {
  const name = 'images';
  const bytes = Uint8Array.from(atob(RED), (character) => character.charCodeAt(0));
  const content = 'Which colour is this picture? Reply with one English word.';
  const reply = await model.complete(
    { messages: [{ role: 'user', content, images: [{ mediaType: 'image/png', bytes }] }] },
    { signal },
  );
  if (!reply.ok) return faulty(name, reply);
  return /\bred\b/i.test(reply.value.text)
    ? { name, verdict: 'works', words: 'It sees images.' }
    : { name, verdict: 'fails', words: 'It took an image and did not see what is on it.' };
}

const contextCheck = (tokens: number | undefined): Check =>
  tokens === undefined
    ? {
        name: 'context',
        verdict: 'instead',
        words:
          'Its context window is not known: prompts are shortened once the server says that they are too long.',
      }
    : {
        name: 'context',
        verdict: 'works',
        words: `It reads ${tokens.toLocaleString('en-US')} tokens at once.`,
      };

const priceCheck = (price: Price | undefined): Check =>
  price === undefined
    ? {
        name: 'price',
        verdict: 'instead',
        words: 'No price is set (memento.prices): what runs cost is shown as unknown.',
      }
    : {
        name: 'price',
        verdict: 'works',
        words: `$${price.input} a million tokens read, $${price.output} a million written.`,
      };

const ask = (content: string): ChatRequest => ({ messages: [{ role: 'user', content }] });

const faulty = (name: CheckName, { fault }: Failed): Check => ({
  name,
  verdict: 'fails',
  words: fault.message,
  fault,
});
