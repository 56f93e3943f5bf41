/** One server as it is used: started when needed, started again after it died, left alone when that does not help. */
import type { AnySchema, SchemaOutput } from '@modelcontextprotocol/sdk/server/zod-compat.js';
import type { ClientRequest, Progress } from '@modelcontextprotocol/sdk/types.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { childController, orAbort } from '../../core/common/abort';
import { failed, ok, type Failed, type Result } from '../../core/common/result';
import type { Secrets } from '../../core/common/secrets';
import type { ServerConfiguration } from './configuration';
import { Connection, type ConnectionOptions } from './connection';
import { faultOf, statusOf } from './faults';
import type { McpLimits } from './limits';
import { redacted } from './redacted';
import type { Remedies } from '../http/remedies';

export type SupervisedOptions = Omit<ConnectionOptions, 'startTimeoutMs' | 'signal'> & {
  readonly limits: McpLimits;
  /** They stand in nothing that a server says. */
  readonly secrets: Secrets;
  /** Of faults of the network. */
  readonly remedies: Remedies;
};

export interface RequestHost {
  readonly signal: AbortSignal;
  onProgress?(progress: Progress): void;
  /** The server only does it as a task. */
  readonly asTask?: boolean;
}

export class SupervisedServer {
  readonly configuration: ServerConfiguration;
  readonly #options: SupervisedOptions;
  readonly #disposal = new AbortController();
  #connection: Promise<Result<Connection>> | undefined;
  #failures = 0;
  /** Not before then, on the clock of `performance.now`. */
  #restUntil = 0;

  constructor(configuration: ServerConfiguration, options: SupervisedOptions) {
    [this.configuration, this.#options] = [configuration, options];
  }

  /** The session, a new one where there is none. Rejects with the signal's reason once it aborts. */
  async connected(signal: AbortSignal): Promise<Result<Connection>> {
    const rest = this.#restUntil - performance.now();
    if (!this.#connection && rest > this.#options.limits.restWaited) return this.#isResting(rest);
    this.#connection ??= this.#connect(rest);
    return orAbort(this.#connection, signal);
  }

  /** Rejects with the signal's reason once it aborts; the server is told then. Every other fault is data. */
  async request<S extends AnySchema>(
    request: ClientRequest,
    schema: S,
    host: RequestHost,
  ): Promise<Result<SchemaOutput<S>>> {
    const connection = await this.connected(host.signal);
    if (!connection.ok) return connection;
    const reply = await this.#attempt(connection.value, request, schema, host);
    if (reply !== 'no session') return reply;
    // A server over HTTP has forgotten the session and so refused the request: a new one, once.
    await this.#drop(connection.value);
    const again = await this.connected(host.signal);
    if (!again.ok) return again;
    const second = await this.#attempt(again.value, request, schema, host);
    return second === 'no session' ? this.#fault('has no session with us any more.') : second;
  }

  async dispose(): Promise<void> {
    this.#disposal.abort(new DOMException('The server is not used any more.', 'AbortError'));
    const connection = await this.#connection;
    if (connection?.ok) await connection.value.close();
  }

  async #attempt<S extends AnySchema>(
    connection: Connection,
    request: ClientRequest,
    schema: S,
    host: RequestHost,
  ): Promise<Result<SchemaOutput<S>> | 'no session'> {
    const { signal } = host;
    const { timeoutMs, transport } = this.configuration;
    // The SDK keeps its listener on the signal, and would call off requests that have long been answered.
    const child = childController(signal);
    try {
      const options = {
        signal: child.signal,
        timeout: timeoutMs,
        resetTimeoutOnProgress: true,
        ...(host.onProgress ? { onprogress: (progress: Progress) => host.onProgress?.(progress) } : {}),
      };
      let steps = 0;
      const onStatus = (message: string) => host.onProgress?.({ progress: ++steps, message });
      const reply = host.asTask
        ? await connection.runTask(request, schema, options, onStatus)
        : await connection.request(request, schema, options);
      this.#failures = 0;
      return ok(this.#options.secrets.hideIn(reply));
    } catch (error) {
      signal.throwIfAborted();
      const status = statusOf(error);
      if (transport.kind === 'http' && (status === 404 || status === 400)) return 'no session';
      const how = connection.howItEnded;
      if (how === undefined) return this.#faultOf(error, timeoutMs);
      return this.#fault(`ended during the call (${how}). The next call starts it again.`);
    } finally {
      child.release();
    }
  }

  /** Never rejects. */
  async #connect(rest: number): Promise<Result<Connection>> {
    const { limits, log } = this.#options;
    const { signal } = this.#disposal;
    try {
      if (rest > 0) await sleep(rest, undefined, { signal });
      const opened = await Connection.open(this.configuration, {
        ...this.#options,
        startTimeoutMs: limits.start,
        signal,
      });
      const since = performance.now();
      void opened.closed.then(() => this.#ended(opened, since));
      log('started');
      return ok(opened);
    } catch (error) {
      this.#connection = undefined;
      this.#failed();
      const fault = this.#faultOf(error, limits.start);
      log(fault.fault.message);
      return fault;
    }
  }

  #ended(connection: Connection, since: number): void {
    if (this.#disposal.signal.aborted) return;
    this.#options.log(`ended (${connection.howItEnded ?? 'closed'})`);
    this.#connection = undefined;
    if (performance.now() - since > this.#options.limits.settled) this.#failures = 0;
    this.#failed();
  }

  #failed(): void {
    const { firstRest, longestRest } = this.#options.limits;
    this.#restUntil = performance.now() + Math.min(firstRest * 4 ** this.#failures, longestRest);
    this.#failures++;
  }

  async #drop(connection: Connection): Promise<void> {
    this.#connection = undefined;
    await connection.close();
    this.#restUntil = 0;
  }

  #isResting(rest: number): Failed {
    const again = `It is tried again in ${Math.ceil(rest / 1_000)} s.`;
    return this.#fault(`could not be used ${this.#failures} times in a row. ${again}`);
  }

  #fault(words: string): Failed {
    return this.#told(failed('unreachable', `The MCP server “${this.configuration.name}” ${words}`));
  }

  #faultOf(error: unknown, timeoutMs: number): Failed {
    const { remedies } = this.#options;
    return this.#told(faultOf(error, { server: this.configuration, timeoutMs, remedies }));
  }

  /** What a server says last may hold the key that it was given. */
  #told({ fault }: Failed): Failed {
    return failed(fault.code, redacted(fault.message, this.configuration.transport));
  }
}
