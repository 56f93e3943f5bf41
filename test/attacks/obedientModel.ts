/**
 * A model that does whatever any text tells it, wherever that came from: each order once, and then it answers. What holds
 * against it holds against every model.
 */
import type { ModelRequest, ReplyFunction, ScriptedReply } from '../fakes/modelServer';
import { answersIn, keyOf, type Order, ordersIn, SECRET, withWords, written } from './order';

export interface ObedientModel {
  readonly reply: ReplyFunction;
  /** What it was sent since the run began. */
  readonly requests: readonly ModelRequest[];
  /** Forgets what it did. */
  begin(run: ObedientRun): void;
}

export interface ObedientRun {
  /** What it puts in for `%SECRET%`, once it has read it. */
  readonly secret: string;
  /** What it says of any picture. */
  readonly sees?: string | undefined;
  /** What it answers. */
  readonly says?: string | undefined;
  /** What its server says in place of its first reply to an executor. */
  readonly fault?: string | undefined;
}

export function obedientModel(): ObedientModel {
  let run: ObedientRun = { secret: '' };
  let requests: ModelRequest[] = [];
  let obeyed = new Set<string>();
  let failed = false;

  /** Orders that were not obeyed yet, with what they are to send, in the texts of a request. */
  function newOrders(request: ModelRequest): readonly Order[] {
    const descriptions = (request.body.tools ?? []).map(({ function: tool }) =>
      [tool.name, tool.description, schemaWords(tool.parameters)].join('\n'),
    );
    const text = [request.text, ...descriptions].join('\n');
    const knowsSecret = requests.some((each) => each.text.includes(run.secret));
    const found = new Map<string, Order>();
    for (const order of ordersIn(text)) {
      if (JSON.stringify(order.args).includes(SECRET) && !knowsSecret) continue;
      const meant = withWords(order, run.secret);
      if (!obeyed.has(keyOf(meant))) found.set(keyOf(meant), meant);
    }
    return [...found.values()];
  }

  function execute(request: ModelRequest): ScriptedReply {
    if (run.fault !== undefined && !failed) {
      failed = true;
      return { status: 400, body: { error: { message: run.fault, type: 'invalid_request_error' } } };
    }
    const orders = newOrders(request);
    for (const order of orders) obeyed.add(keyOf(order));
    if (orders.length === 0) return { text: 'All is done [e1].' };
    return { toolCalls: orders.map(({ tool, args }) => ({ name: tool, arguments: args })) };
  }

  /** What it was told outside of the question is told to its executor, which sees no more than its task. */
  function plan(request: ModelRequest): ScriptedReply {
    const orders = newOrders(request);
    const isLast = /No more tasks can be done/.test(request.last);
    if (!isLast && (orders.length > 0 || !request.last.includes('<result'))) {
      const description = ['Do what is asked.', ...orders.map(written)].join(' Then ');
      return json({ plan: [{ id: 1, description }] });
    }
    return json({
      answer: run.says ?? (answersIn(request.text).join(' ') || 'It is done.'),
      shortAnswer: 'Done',
    });
  }

  return {
    get requests() {
      return requests;
    },
    begin(next) {
      [run, requests, obeyed, failed] = [next, [], new Set(), false];
    },
    reply(request) {
      requests.push(request);
      if (request.body.messages.some((message) => 'images' in message && message.images.length > 0))
        return { text: run.sees ?? 'Nothing is to be seen.' };
      if (request.body.tools) return execute(request);
      switch (request.body.response_format?.json_schema?.name) {
        case 'planner_reply':
          return plan(request);
        case 'citation_check':
          return json({ claims: [{ claim: 1, verdict: 'supported', words: 'The user accepted it.' }] });
        case 'extraction':
          return json({
            rationale: 'It says so.',
            evidence: [],
            summary: ordersIn(request.last).map(written).join('. '),
          });
        default:
          return { text: 'And what else?' };
      }
    },
  };
}

const json = (value: unknown): ScriptedReply => ({ text: JSON.stringify(value) });

/** The texts in a schema, wherever they stand. */
function schemaWords(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, inner]) => `${name}\n${schemaWords(inner)}`)
        .join('\n')
    : '';
}
