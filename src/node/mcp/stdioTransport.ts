/**
 * MCP over standard input and output of a process of our own. The SDK's transport ends the process alone, not what it
 * started (`npx` starts the server as its child), joins each chunk to all before it, and ends on one long message.
 */
import { getDefaultEnvironment } from '@modelcontextprotocol/sdk/client/stdio.js';
import { deserializeMessage, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { EscapeStripper } from '../../core/common/terminalText';
import { messageOf } from '../../core/common/result';
import type { StdioServer } from './configuration';
import { answeredId, MessageLines } from './messageLines';
import { redacted } from './redacted';
import { ServerProcess } from './serverProcess';

/** What one message may have; bytes. */
export const MAX_MESSAGE = 32 * 1024 * 1024;
const LAST_WORDS = 300;
const NO_REPLY = 'What it sent is no reply of the Model Context Protocol.';
/** Who does not listen any more is about to end; how it ended says more than a broken pipe. Milliseconds. */
const ENDING = 1_000;

export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #server: StdioServer;
  readonly #home: string;
  readonly #onLog: (line: string) => void;
  #process: ServerProcess | undefined;
  #lastWords = '';
  #howItEnded: string | undefined;
  #ended: Promise<void> | undefined;

  /** @param home where a server runs that has no folder of its own; @param onLog gets its standard error, line by line */
  constructor(server: StdioServer, home: string, onLog: (line: string) => void) {
    [this.#server, this.#home, this.#onLog] = [server, home, onLog];
  }

  /** How the process ended, with what it said last; undefined while it lives. */
  get howItEnded(): string | undefined {
    return this.#howItEnded && [this.#howItEnded, this.#lastWords].filter((part) => part !== '').join(': ');
  }

  async start(): Promise<void> {
    const env = { ...getDefaultEnvironment(), ...this.#server.env };
    const server = new ServerProcess(this.#server, env, this.#home);
    this.#process = server;
    const { child } = server;
    const lines = new MessageLines(MAX_MESSAGE, {
      onLine: (line) => this.#receive(line),
      onTooLong: (edges) => this.#refuse(edges),
    });
    child.stdout.on('data', (bytes: Buffer) => lines.write(bytes));
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      stream.on('error', (error) => this.onerror?.(error));
    }
    this.#log(child.stderr);
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    this.#ended = server.ended.then(async (how) => {
      // Its last messages and words may still be in the pipes.
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 200))]);
      this.#howItEnded = how;
      this.onclose?.();
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
  }

  send(message: JSONRPCMessage): Promise<void> {
    const server = this.#process;
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => void this.#untilEnded().then(() => reject(error));
      if (!server?.child.stdin.writable) fail(new Error('The server does not listen any more.'));
      else server.child.stdin.write(serializeMessage(message), (error) => (error ? fail(error) : resolve()));
    });
  }

  async #untilEnded(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ENDING)));
    await Promise.race([this.#ended, late]);
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    await this.#process?.stop();
  }

  /** Servers that print what is no message, a greeting or a log, are many: it is told and passed over. */
  #receive(line: string): void {
    let message: JSONRPCMessage;
    try {
      // A greeting that ends with no line break stands before the first message.
      message = deserializeMessage(line.slice(Math.max(0, line.indexOf('{'))));
    } catch (error) {
      const words = [line, messageOf(error)].map((each) => redacted(each, this.#server).slice(0, 200));
      this.onerror?.(new Error(`no message: ${words[0]} (${words[1]})`));
      // A reply that is none would otherwise be waited for until the time is up.
      if (line.includes('"jsonrpc"')) this.#fail(line, NO_REPLY);
      return;
    }
    this.onmessage?.(message);
  }

  #refuse(edges: string): void {
    const message = `The reply is larger than ${MAX_MESSAGE / 1024 / 1024} MB.`;
    this.onerror?.(new Error(message));
    this.#fail(edges, message);
  }

  /** The request that a message answers fails, where the message tells which. */
  #fail(edges: string, message: string): void {
    const id = answeredId(edges);
    if (id !== undefined) this.onmessage?.({ jsonrpc: '2.0', id, error: { code: -32_000, message } });
  }

  #log(stderr: NodeJS.ReadableStream): void {
    const stripper = new EscapeStripper();
    let rest = '';
    stderr.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + stripper.write(chunk)).split('\n');
      rest = (lines.pop() ?? '').slice(-10_000);
      for (const line of lines.filter((each) => each.trim() !== '')) {
        this.#lastWords = redacted(line.trim(), this.#server).slice(0, LAST_WORDS);
        this.#onLog(line);
      }
    });
  }
}
