import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { RunEvent } from '../core/agent/events';
import type { Run } from '../core/agent/run';
import { runState, type RunState } from '../core/agent/runState';
import {
  createAssistant,
  type Assistant,
  type Ports,
  type ResearchOptions,
  type ResumeOptions,
} from '../core/assistant';
import { messageOf, ok, type Result } from '../core/common/result';
import type { ChatModel, Logger } from '../core/ports';
import type { ToolResult } from '../core/tools/tool';
import { dataDirectory } from '../node/dataDirectory';
import { secretsOf } from '../node/ownVariables';
import { openNodePorts, type Opened } from './nodePorts';
import { ownTools, type OwnTool } from './ownTool';

/** What a tool would do that is a person's to allow. */
export type Asked = Pick<
  Extract<RunEvent, { readonly type: 'approval.requested' }>,
  'command' | 'code' | 'reasons'
>;

export interface NodeAssistantOptions {
  /** The folder that is searched; the current one unless told. */
  readonly workspace?: string | undefined;
  /** Keeps cases and runs in this folder, not in the user's data, which the editor and the command line share. */
  readonly storage?: string | undefined;
  readonly tools?: readonly OwnTool[] | undefined;
  /**
   * Plans, carries out and answers. Unless told, what the environment names (`OPENAI_BASE_URL`, `OPENAI_API_KEY` …), as
   * on the command line; where that names nothing, the extractive pair, which chooses no tools of yours.
   */
  readonly model?: ChatModel | undefined;
  /** Says whether something may be done that asks. Without it whatever asks is refused, and no commands run at all. */
  readonly approve?: ((asked: Asked) => boolean | Promise<boolean>) | undefined;
  readonly logger?: Logger | undefined;
}

export interface NodeAssistant extends Omit<Assistant, 'callTool' | 'dispose'> {
  /** A run to its end; what is known of it, the answer with its checked citations among it. */
  ask(question: string, options?: ResearchOptions): Promise<RunState>;
  /** Calls one tool alone, yours or ours. A fault where there is none of that name, or the arguments are wrong. */
  callTool(name: string, args: unknown, signal?: AbortSignal): Promise<Result<ToolResult>>;
  /** Ends the threads. What was stored is on the disk before. */
  close(): Promise<void>;
}

/** @param dist the folder of the built program. Rejects where there is no such workspace. */
export async function openNodeAssistant(options: NodeAssistantOptions, dist: string): Promise<NodeAssistant> {
  const opened = await openFor(options, dist);
  const assistant = createAssistant(portsFor(opened.ports, options));
  const { approve = () => false, logger = QUIET } = options;
  const attended = (run: Run): Run => {
    answerApprovals(run, approve).catch((error: unknown) => {
      logger.error(`The run is cancelled, as nobody could approve: ${messageOf(error)}`);
      run.cancel();
    });
    return run;
  };
  const research = (question: string, how?: ResearchOptions) => attended(assistant.research(question, how));
  return {
    ...assistant,
    research,
    resume: async (runId: string, how?: ResumeOptions) => {
      const run = await assistant.resume(runId, how);
      return run.ok ? ok(attended(run.value)) : run;
    },
    ask: async (question, how) => {
      const run = research(question, how);
      await run.finished;
      return runState(run.soFar);
    },
    callTool: (name, args, signal = new AbortController().signal) =>
      assistant.callTool(name, args, {
        signal,
        approve: async (command, code) => approve({ command, code, reasons: [] }),
        output: () => undefined,
        notify: () => undefined,
      }),
    close: async () => {
      assistant.dispose();
      await opened.close();
    },
  };
}

const QUIET: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const openFor = async (
  { workspace = '.', storage, logger = QUIET }: NodeAssistantOptions,
  dist: string,
): Promise<Opened> =>
  openNodePorts({
    root: await realpath(workspace),
    storage: storage === undefined ? undefined : path.resolve(storage),
    dataDirectory: dataDirectory(process.env, process.platform),
    dist,
    env: process.env,
    secrets: secretsOf(process.env),
    permissions: {},
    logger,
  });

function portsFor(ports: Ports, { tools = [], model, approve }: NodeAssistantOptions): Ports {
  return {
    ...ports,
    ownTools: ownTools(tools, ports.runFiles),
    foreignTools: undefined,
    ...(approve ? {} : { commands: undefined }),
    ...(model ? { models: () => Promise.resolve(ok({ planner: model, executor: model })) } : {}),
  };
}

async function answerApprovals(
  run: Run,
  approve: (asked: Asked) => boolean | Promise<boolean>,
): Promise<void> {
  for await (const event of run.events) {
    if (event.type !== 'approval.requested') continue;
    const { approvalId, command, code, reasons } = event;
    const approved = await approve({ command, code, reasons });
    run.send({ type: approved ? 'approve' : 'deny', approvalId });
  }
}
