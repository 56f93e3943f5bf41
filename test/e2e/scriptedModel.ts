/** A model whose replies are scripted, on loopback, set up where a user does it: in the settings. */
import * as vscode from 'vscode';
import {
  startModelServer,
  type ModelServer,
  type ModelServerOptions,
  type ScriptEntry,
} from '../fakes/modelServer';

const set = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('memento').update(name, value, vscode.ConfigurationTarget.Global);

export interface ScriptedModel {
  readonly server: ModelServer;
  /** After the test, as the settings are those of the window. */
  readonly close: () => Promise<void>;
}

export const serveModel = (...replies: readonly ScriptEntry[]): Promise<ScriptedModel> => serve({ replies });

/** Says nothing before it is released. */
export async function serveHeldModel(
  reply: ScriptEntry,
): Promise<ScriptedModel & { readonly release: () => void }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const model = await serve({ replies: () => released.then(() => reply) });
  return { ...model, release };
}

async function serve(options: ModelServerOptions): Promise<ScriptedModel> {
  const server = await startModelServer(options);
  await set('planner.baseUrl', server.url);
  await set('planner.model', 'test-model');
  const close = async () => {
    await set('planner.baseUrl', undefined);
    await set('planner.model', undefined);
    await server.close();
  };
  return { server, close };
}

/** What the model read last in one of its requests: the task, or what came of a call. */
export const lastMessage = ({ server }: ScriptedModel, request: number): string =>
  server.requests[request]?.body.messages.at(-1)?.content ?? '';

const json = (value: unknown): ScriptEntry => ({ text: JSON.stringify(value) });

/** The planner's: tasks by their descriptions; each needs the results of those that it names by number. */
export const plan = (...tasks: readonly (readonly [description: string, ...dependsOn: number[]])[]) =>
  json({
    plan: tasks.map(([description, ...dependsOn], i) => ({ id: i + 1, description, dependsOn })),
  });

/** The planner's last word. */
export const answer = (text: string, shortAnswer = '') => json({ answer: text, shortAnswer });

/** The executor's: a tool, then what it says of the task. */
export const call = (name: string, args: Readonly<Record<string, unknown>>): ScriptEntry => ({
  toolCalls: [{ name, arguments: args }],
});
export const command = (line: string): ScriptEntry => call('run_command', { command: line });
export const says = (text: string): ScriptEntry => ({ text });

/** Never finished: what waits for it is under way until somebody ends it. */
export const endless: ScriptEntry = { text: '{"plan"', wire: { delayMs: 600_000 } };
