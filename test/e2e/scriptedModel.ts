/** A model whose replies are scripted, on loopback, set up where a user does it: in the settings. */
import * as vscode from 'vscode';
import { startModelServer, type ModelServer, type ScriptEntry } from '../fakes/modelServer';

const set = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('memento').update(name, value, vscode.ConfigurationTarget.Global);

export interface ScriptedModel extends Pick<ModelServer, 'requests' | 'push' | 'received'> {
  /** Its server ends; the settings still name it. */
  stop(): Promise<void>;
  /** After the test, as the settings are those of the window. */
  close(): Promise<void>;
}

export async function serveModel(...replies: readonly ScriptEntry[]): Promise<ScriptedModel> {
  const server = await startModelServer({ replies });
  await set('planner.baseUrl', server.url);
  await set('planner.model', 'test-model');
  return {
    requests: server.requests,
    push: server.push,
    received: server.received,
    stop: server.close,
    close: async () => {
      await set('planner.baseUrl', undefined);
      await set('planner.model', undefined);
      await server.close();
    },
  };
}

/** What the model read last in one of its requests: the task, or what came of a call. */
export const lastMessage = (model: ScriptedModel, request: number): string =>
  model.requests[request]?.body.messages.at(-1)?.content ?? '';

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
