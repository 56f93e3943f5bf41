/** The models that the user's settings and keys name; where they name none, the user is asked once. */
import * as vscode from 'vscode';
import type { ModelPair } from '../../core/assistant';
import { ok, type Result } from '../../core/common/result';
import { resolveModels, type ModelConfig, type ResolveOptions, type RoleConfig } from '../../models';
import { isUndecided } from '../../models/configuration';
import { apiKeyFor } from '../secrets';
import { readSettings } from '../settings';

/** In Restricted Mode nothing of the folder leaves the machine: the extractive pair answers. */
export async function modelConfig(secrets: vscode.SecretStorage): Promise<ModelConfig> {
  const source = 'settings';
  if (!vscode.workspace.isTrusted) {
    return { planner: { provider: 'extractive', source }, executor: { provider: 'extractive', source } };
  }
  const { planner, executor, vision, audio } = readSettings();
  const [plannerKey, executorKey] = await Promise.all([
    apiKeyFor(secrets, planner),
    // An executor with no server of its own has the planner's, and so must not have the key of another.
    executor.baseUrl === undefined ? undefined : apiKeyFor(secrets, executor),
  ]);
  return {
    planner: { ...planner, apiKey: plannerKey, source },
    executor: { ...executor, apiKey: executorKey, source },
    vision,
    audio,
  };
}

/** With the models of VS Code, whose adapter is loaded where one is chosen. */
export const editorOptions = (signal: AbortSignal): ResolveOptions => ({
  signal,
  editorModel: async (name) => (await import('./editorModel')).selectEditorModel(name),
});

/** For a run, which waits for the answer and goes on. Rejects with an AbortError when the signal aborts. */
export async function configuredModels(
  secrets: vscode.SecretStorage,
  options: ResolveOptions,
): Promise<Result<ModelPair>> {
  const config = await modelConfig(secrets);
  if (!isUndecided(config) || !readSettings().askForModel) return resolveModels(config, options);
  const { askOnce } = await import('./chooseModel');
  await askOnce(secrets, options.signal);
  options.signal.throwIfAborted();
  return resolveModels(await modelConfig(secrets), options);
}

/**
 * For a run that is asked for in chat: the model that was picked there stands for VS Code's models, and where nothing is
 * set up it is the user's choice of one. A server that is set up stays.
 */
export async function modelsOfChat(
  secrets: vscode.SecretStorage,
  chat: vscode.LanguageModelChat,
  options: ResolveOptions,
): Promise<Result<ModelPair>> {
  const config = await modelConfig(secrets);
  const inChat = (role: RoleConfig): RoleConfig =>
    isUndecided(config) ? { ...role, provider: 'vscode', model: undefined } : role;
  const { createEditorModel } = await import('./editorModel');
  return resolveModels(
    { ...config, planner: inChat(config.planner), executor: inChat(config.executor) },
    { ...options, editorModel: () => Promise.resolve(ok(createEditorModel(chat))) },
  );
}
