/**
 * Azure OpenAI on loopback, as its REST reference has it: the key in `api-key`, deployments in the path with a dated
 * `api-version`, or `/openai/v1` with the deployment as the model; what its content filter says beside each choice, and a
 * first chunk that has no choices.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { eventsOf, plainWire, type ModelReply } from './modelWire';
import { parseChatBody, type ModelRequest } from './modelRequests';

export interface AzureError {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AzureServer {
  /** As the portal shows it: `http://127.0.0.1:<port>/`. */
  readonly endpoint: string;
  readonly requests: readonly (ModelRequest & { readonly path: string })[];
  close(): Promise<void>;
}

export interface AzureOptions {
  readonly key: string;
  readonly deployments: readonly string[];
  /** In order; an error in place of a reply. */
  readonly replies: readonly (ModelReply | AzureError)[];
}

const PASSED = {
  hate: { filtered: false, severity: 'safe' },
  violence: { filtered: false, severity: 'safe' },
};
const PATH =
  /^\/openai\/(?:v1|deployments\/(?<deployment>[^/]+))\/(?<service>chat\/completions|audio\/transcriptions)$/;

/** What Azure answers a prompt with that its content filter stops. */
export const FILTERED: AzureError = {
  status: 400,
  body: {
    error: {
      message:
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: { violence: { filtered: true, severity: 'medium' } },
      },
    },
  },
};

export async function startAzureServer({ key, deployments, replies }: AzureOptions): Promise<AzureServer> {
  const requests: (ModelRequest & { path: string })[] = [];
  const script = [...replies];

  function answer(body: string, incoming: IncomingMessage, response: ServerResponse): void {
    const url = new URL(incoming.url ?? '/', 'http://azure');
    if (incoming.headers['api-key'] !== key) {
      const message =
        'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.';
      send(response, { status: 401, body: { error: { code: '401', message } } });
      return;
    }
    const groups = PATH.exec(url.pathname)?.groups;
    const isDated = groups?.['deployment'] !== undefined;
    const version = url.searchParams.get('api-version');
    if (!groups || (isDated && !/^20\d\d-\d\d-\d\d(?:-preview)?$/.test(version ?? ''))) {
      send(response, { status: 404, body: { error: { code: '404', message: 'Resource not found' } } });
      return;
    }
    if (groups['service'] !== 'chat/completions') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ text: `Heard by ${groups['deployment'] ?? 'v1'}.` }));
      return;
    }
    const request = parseChatBody(body, incoming.headers);
    requests.push({ ...request, path: incoming.url ?? '' });
    const deployment = isDated ? decodeURIComponent(groups['deployment'] ?? '') : request.body.model;
    if (!deployments.includes(deployment)) {
      const message =
        'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.';
      send(response, { status: 404, body: { error: { code: 'DeploymentNotFound', message } } });
      return;
    }
    const reply = script.shift() ?? { text: 'Nothing more.' };
    if ('status' in reply) {
      send(response, reply);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(`data: ${JSON.stringify(promptFilter)}\n\n`);
    for (const event of eventsOf(reply, 'gpt-4o-2024-11-20', plainWire, true))
      response.write(filtered(event));
    response.end();
  }

  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => answer(Buffer.concat(parts).toString('utf8'), incoming, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const promptFilter = {
  choices: [],
  created: 0,
  id: '',
  model: '',
  object: '',
  prompt_filter_results: [{ prompt_index: 0, content_filter_results: PASSED }],
};

/** Beside each choice stands what the filter thinks of it; one event between has offsets and no delta at all. */
function filtered(event: string): string {
  const verdict = `"content_filter_results":${JSON.stringify(PASSED)}`;
  const offsets = { check_offset: 44, start_offset: 44, end_offset: 198 };
  const between = {
    id: '',
    object: '',
    created: 0,
    model: '',
    choices: [{ index: 0, finish_reason: null, content_filter_offsets: offsets }],
  };
  const marked = event.replaceAll('"finish_reason":', `${verdict},"finish_reason":`);
  return marked.includes('"stop"') ? `data: ${JSON.stringify(between)}\n\n${marked}` : marked;
}

function send(response: ServerResponse, { status, body, headers = {} }: AzureError): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
