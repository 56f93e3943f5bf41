/** `memento mcp`: this folder's memory and research for other agents, until standard input ends. */
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createAssistant } from '../core/assistant';
import type { Command } from './arguments';
import type { Host } from './host';
import { createServer } from './mcpServer';
import { open } from './open';

/** Standard output is the protocol's; whatever else there is to say goes to standard error. */
export async function mcp(command: Extract<Command, { name: 'mcp' }>, host: Host): Promise<number> {
  const opened = await open(command, host);
  const assistant = createAssistant(opened.ports);
  const served = createServer(assistant, opened.ports, (message) => host.complain(message));
  try {
    const end = endOfInput();
    await served.server.connect(new StdioServerTransport());
    if (host.interactive) host.complain('An MCP server: it waits for messages of a client. Ctrl+C ends it.');
    await end;
    return 0;
  } finally {
    await served.stop();
    assistant.dispose();
    await opened.close();
  }
}

/** By the protocol a client ends a server by closing its input, or with a signal. */
const endOfInput = (): Promise<void> =>
  new Promise((resolve) => {
    for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => resolve());
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
