/** What the panel's page asks for. Each request is answered, with a sentence where it could not be done. */
import * as vscode from 'vscode';
import type { Assistant } from '../core/assistant';
import type { RunInput } from '../core/agent/inputs';
import type { Run } from '../core/agent/run';
import { runState, type RunState } from '../core/agent/runState';
import type { RunStore } from '../core/agent/runStore';
import { failed, ok, type Result } from '../core/common/result';
import type { WebviewRequest } from '../protocol/messages';
import { answerText } from './answerText';
import { placeOf } from './folderFiles';
import { openArtifact, openSource } from './openEvidence';

export interface PanelServices {
  running(runId: string): Run | undefined;
  readonly runs: RunStore;
  readonly judge: Assistant['judge'];
  /** Of the workspace, undefined with none open. */
  readonly folder: string | undefined;
  readonly research: (question: string) => void;
}

export async function answerRequest(
  runId: string,
  request: WebviewRequest,
  services: PanelServices,
): Promise<Result<string>> {
  const send = (input: RunInput) =>
    services.running(runId)?.send(input) ? ok('') : failed('not-found', 'That came too late: it is settled.');
  switch (request.type) {
    case 'approve':
      return send({ type: 'approve', approvalId: request.approvalId });
    case 'deny': {
      const { approvalId, reason } = request;
      return send({ type: 'deny', approvalId, ...(reason ? { reason } : {}) });
    }
    case 'steer':
      return send({ type: 'steer', text: request.text });
    case 'reuse':
      return send({ type: 'reuse', caseId: request.caseId });
    case 'stop':
      services.running(runId)?.cancel();
      return ok('');
    case 'judge': {
      const judged = await services.judge(runId, request.reward, request.reason?.trim() || null);
      return judged.ok ? ok('') : judged;
    }
    case 'openCase':
      await vscode.commands.executeCommand('memento.openCase', request.caseId);
      return ok('');
    case 'openEvidence':
    case 'openArtifact':
    case 'copyAnswer':
    case 'researchAgain':
      return withState(runId, request, services);
  }
}

type StateRequest = Extract<
  WebviewRequest,
  { readonly type: 'openEvidence' | 'openArtifact' | 'copyAnswer' | 'researchAgain' }
>;

/** What to open is looked up in the run's log: the page names it by id and nothing else. */
async function withState(
  runId: string,
  request: StateRequest,
  { runs, folder, research }: PanelServices,
): Promise<Result<string>> {
  const events = await runs.read(runId);
  if (!events) return failed('not-found', 'The log of this run is gone.');
  const state: RunState = runState(events);
  switch (request.type) {
    case 'openEvidence': {
      const evidence = state.evidence[request.evidenceId];
      if (!evidence) return failed('not-found', `There is no evidence ${request.evidenceId}.`);
      if (evidence.locator.kind === 'lines') {
        const { root, path } = placeOf(evidence.source) ?? { root: folder, path: evidence.source };
        return openSource(root, path, evidence.locator);
      }
      return openOutput(runId, runs, state, evidence.callId);
    }
    case 'openArtifact':
      return openOutput(runId, runs, state, request.callId);
    case 'copyAnswer':
      await vscode.env.clipboard.writeText(answerText(state));
      return ok('Copied');
    case 'researchAgain':
      research(state.question);
      return ok('');
  }
}

async function openOutput(
  runId: string,
  runs: RunStore,
  state: RunState,
  callId: string,
): Promise<Result<string>> {
  const artifact = state.calls[callId]?.artifact;
  if (!artifact) return failed('not-found', 'This call left no file.');
  return openArtifact(await runs.folder(runId), artifact);
}
