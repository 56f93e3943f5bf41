/** `memento/node` of the npm package: the core over Node, in a few lines. */
import { fileURLToPath } from 'node:url';
import { openNodeAssistant, type NodeAssistant, type NodeAssistantOptions } from './library/nodeAssistant';

export type { Run } from './core/agent/run';
export type { RunEvent } from './core/agent/events';
export { foldRun, initialRunState, runState, type RunState } from './core/agent/runState';
export type { ResearchOptions } from './core/assistant';
export type { Fault, Result } from './core/common/result';
export type { ChatModel, ChatReply, ChatRequest } from './core/ports';
export type { Asked, NodeAssistant, NodeAssistantOptions } from './library/nodeAssistant';
export type { OwnTool } from './library/ownTool';

/**
 * Memento as the command line has it, with tools and a model of your own; the user's MCP servers are left alone. Rejects
 * where there is no such workspace, throws for tools that cannot be offered.
 */
export const createNodeAssistant = (options: NodeAssistantOptions = {}): Promise<NodeAssistant> =>
  openNodeAssistant(options, fileURLToPath(new URL('.', import.meta.url)));
