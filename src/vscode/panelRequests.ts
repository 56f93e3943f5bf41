/** What the panel's page asks for. Each request is answered, with a sentence where it could not be done. */
import * as vscode from 'vscode';
import type { Assistant } from '../core/assistant';
import type { RunInput } from '../core/agent/inputs';
import type { Run } from '../core/agent/run';
import { runState, type RunState } from '../core/agent/runState';
import type { RunStore } from '../core/agent/runStore';
import { failed, ok, type Result } from '../core/common/result';
import type { WebviewRequest } from '../protocol/messages';
import { answerText } from '../core/export/answerText';
import { runPathOf } from '../core/tools/runPath';
import { placeOf } from './folderFiles';
import { openArtifact, openTarget, readBeginning } from './openEvidence';
import { applyRemedy } from './remedies';
import { targetOf } from './sourceTarget';

export interface PanelServices {
  running(runId: string): Run | undefined;
  readonly runs: RunStore;
  /** Absolute path of a run's folder, whether or not it is there. */
  readonly runFolder: (runId: string) => string;
  readonly command: Assistant['command'];
  readonly judge: Assistant['judge'];
  /** Of the workspace, undefined with none open. */
  readonly folder: string | undefined;
  /** @param parentRunId of a follow-up: the run that it follows */
  readonly research: (question: string, parentRunId?: string) => void;
  /** Goes on with an interrupted run. */
  readonly resume: (runId: string) => Promise<Result<unknown>>;
  /** False where there is no log of the run. */
  readonly show: (runId: string) => Promise<boolean>;
}

export async function answerRequest(
  runId: string,
  request: WebviewRequest,
  services: PanelServices,
): Promise<Result<string>> {
  const send = (input: RunInput): Result<string> => {
    const run = services.running(runId);
    if (!run) return failed('not-found', vscode.l10n.t('That came too late: the run has ended.'));
    const sent = run.send(input);
    return sent.ok ? ok('') : sent;
  };
  switch (request.type) {
    case 'approve': {
      const { approvalId, edited, holdsFor } = request;
      return send({
        type: 'approve',
        approvalId,
        ...(edited === undefined ? {} : { edited }),
        ...(holdsFor === undefined ? {} : { holdsFor }),
      });
    }
    case 'deny': {
      const { approvalId, reason } = request;
      return send({ type: 'deny', approvalId, ...(reason ? { reason } : {}) });
    }
    case 'steer':
    case 'plan':
    case 'exclude':
    case 'reuse':
      return send(request);
    case 'stop':
      services.running(runId)?.cancel();
      return ok('');
    case 'judge': {
      const judged = await services.judge(runId, request.reward, request.reason?.trim() || null);
      return judged.ok ? ok('') : judged;
    }
    case 'showCommand':
    case 'stopCommand': {
      const command = services.command(runId, request.callId);
      if (!command) return failed('not-found', vscode.l10n.t('That command is not running in this window.'));
      if (request.type === 'stopCommand') command.stop();
      else command.show?.();
      return ok('');
    }
    case 'openCase':
      await vscode.commands.executeCommand('memento.openCase', request.caseId);
      return ok('');
    case 'openRun':
      return (await services.show(request.runId))
        ? ok('')
        : failed('not-found', vscode.l10n.t('The log of that run is no longer there.'));
    case 'resume': {
      const resumed = await services.resume(runId);
      return resumed.ok ? ok('') : resumed;
    }
    case 'followUp':
      services.research(request.question, runId);
      return ok('');
    case 'export':
      return (await import('./exportRun')).exportRun(services.runs, runId, request.format);
    case 'remedy':
      await applyRemedy(request.name);
      return ok('');
    case 'openEvidence':
    case 'openArtifact':
    case 'readArtifact':
    case 'saveArtifact':
    case 'copyAnswer':
    case 'researchAgain':
      return withState(runId, request, services);
  }
}

type StateRequest = Extract<
  WebviewRequest,
  {
    readonly type:
      'openEvidence' | 'openArtifact' | 'readArtifact' | 'saveArtifact' | 'copyAnswer' | 'researchAgain';
  }
>;

/** What to open is looked up in the run's log: the page names it by id and nothing else. */
async function withState(
  runId: string,
  request: StateRequest,
  { runs, runFolder, folder, research }: PanelServices,
): Promise<Result<string>> {
  const events = await runs.read(runId);
  if (!events) return failed('not-found', vscode.l10n.t('The log of this run is gone.'));
  const state: RunState = runState(events);
  switch (request.type) {
    case 'openEvidence': {
      const evidence = state.evidence[request.evidenceId];
      if (!evidence)
        return failed('not-found', vscode.l10n.t('There is no evidence {0}.', request.evidenceId));
      const ofRun = runPathOf(evidence.source);
      const place = ofRun === undefined ? placeOf(evidence.source) : { root: runFolder(runId), path: ofRun };
      const citation = state.citations?.find((each) => each.evidence === request.evidenceId);
      const target = targetOf(
        { ...evidence, source: place?.path ?? evidence.source },
        citation,
        request.mark,
      );
      if (target.kind === 'output') return openOutput(runFolder(runId), state, evidence.callId);
      return openTarget(place?.root ?? folder, target);
    }
    case 'openArtifact':
      return request.path === undefined
        ? openOutput(runFolder(runId), state, request.callId)
        : openMade(runFolder(runId), state, request.callId, request.path);
    case 'readArtifact':
      return readMade(runFolder(runId), state, request.callId, request.path);
    case 'saveArtifact':
      return isMade(state, request.callId, request.path)
        ? (await import('./exportRun')).saveArtifact(runFolder(runId), request.path)
        : notMade();
    case 'copyAnswer':
      await vscode.env.clipboard.writeText(answerText(state));
      return ok(vscode.l10n.t('Copied'));
    case 'researchAgain':
      research(state.question);
      return ok('');
  }
}

async function openOutput(runFolder: string, state: RunState, callId: string): Promise<Result<string>> {
  const artifact = state.calls[callId]?.artifact;
  if (!artifact) return failed('not-found', vscode.l10n.t('This call left no file.'));
  return openArtifact(runFolder, artifact);
}

async function openMade(
  runFolder: string,
  state: RunState,
  callId: string,
  file: string,
): Promise<Result<string>> {
  return isMade(state, callId, file) ? openArtifact(runFolder, file) : notMade();
}

async function readMade(
  runFolder: string,
  state: RunState,
  callId: string,
  file: string,
): Promise<Result<string>> {
  return isMade(state, callId, file) ? readBeginning(runFolder, file) : notMade();
}

/** The page can only name what the log says that the call made. */
const isMade = (state: RunState, callId: string, file: string): boolean =>
  state.calls[callId]?.files.some(({ path }) => path === file) ?? false;

const notMade = () => failed('not-found', vscode.l10n.t('This call made no such file.'));
