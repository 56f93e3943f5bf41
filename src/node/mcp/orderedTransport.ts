import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';

/**
 * A transport whose messages come one after the other, each in a turn of its own: the SDK takes notifications one turn
 * later than replies, and so would lose the last progress of a call whose result came with it.
 */
export class OrderedTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage, extra?: MessageExtraInfo) => void;
  readonly #inner: Transport;
  #delivered = Promise.resolve();

  constructor(inner: Transport) {
    this.#inner = inner;
    const deliver = (next: () => void) => {
      this.#delivered = this.#delivered.then(next);
    };
    inner.onmessage = (message, extra) => deliver(() => this.onmessage?.(message, extra));
    inner.onclose = () => deliver(() => this.onclose?.());
    inner.onerror = (error) => this.onerror?.(error);
  }

  get sessionId(): string | undefined {
    return this.#inner.sessionId;
  }

  start(): Promise<void> {
    return this.#inner.start();
  }

  send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    return this.#inner.send(message, options);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  setProtocolVersion(version: string): void {
    this.#inner.setProtocolVersion?.(version);
  }
}
