/** Everything of research behind one door, loaded when the first run or panel is asked for. */
import * as vscode from 'vscode';
import { createAssistant, type Assistant, type ResearchOptions } from '../core/assistant';
import type { Run } from '../core/agent/run';
import type { Reward } from '../core/memory/case';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import type { Result } from '../core/common/result';
import type { Secrets } from '../core/common/secrets';
import type { Encoder, Logger } from '../core/ports';
import { runFolderPath } from '../node/runId';
import { parsePanelState } from '../protocol/parse';
import { announceEnd, announceRestricted, announceVirtual } from './announce';
import { QuestionEncoding } from './encodeQuestions';
import type { LiveRuns } from './liveRuns';
import { createPriceWarning } from './models/priceWarning';
import { createPorts, type PortsAndModels } from './ports';
import { workspaceFolder, type ProjectMemory } from './projectMemory';
import { pickRun } from './pickRun';
import { questionOf } from './runLog';
import { readPageSource } from './panelHtml';
import { RunPanels } from './runPanels';
import { readSettings } from './settings';

/** Runs that can be chosen from at once. */
const PICKED = 200;

export interface BeginOptions extends Pick<ResearchOptions, 'parentRunId' | 'askedByAgent'> {
  /** The model that was picked in chat. */
  readonly chat?: vscode.LanguageModelChat;
}

export interface Research extends Disposable {
  /** Starts a run and shows its panel. */
  start(question: string): void;
  /** Starts a run that is shown elsewhere: no panel opens, and only a failure is announced. */
  begin(question: string, options?: BeginOptions): Run;
  stop(): void;
  /** False where it is not under way in this window. */
  stopRun(runId: string): boolean;
  /** Goes on with a run that was interrupted, and shows its panel. */
  resume(runId: string): Promise<Result<Run>>;
  /** Shows the panel of a run, false where there is no log of it. */
  show(runId: string): Promise<boolean>;
  pick(): Promise<void>;
  /** Of several runs under way in this window, the one that the user chooses. */
  pickRunning(): Promise<void>;
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  readonly encoder: Pick<Encoder, 'id' | 'dimensions'>;
  /** Encodes in the background what has no vector yet. */
  readonly encodeQuestions: () => Promise<void>;
  /** For a person's own click or command. */
  judge(runId: string, reward: Reward, reason: string | null): ReturnType<Assistant['judge']>;
  /** For another agent: of no weight. */
  readonly suggest: Assistant['suggest'];
  readonly edit: Assistant['edit'];
  readonly sampleQuestion: Assistant['sampleQuestion'];
  /** The run whose panel has the focus. */
  readonly activeRun: string | undefined;
}

interface Composed extends Pick<PortsAndModels, 'modelsFor'> {
  readonly assistant: Assistant;
  readonly encoder: Encoder;
}

export interface ResearchParts {
  readonly context: Pick<vscode.ExtensionContext, 'extensionPath' | 'extensionUri'>;
  readonly storage: vscode.SecretStorage;
  /** What was read from the storage. */
  readonly known: Secrets;
  readonly memory: ProjectMemory;
  readonly live: LiveRuns;
  readonly logger: Logger;
}

export async function createResearch(parts: ResearchParts): Promise<Research> {
  const { context, storage, known, live, logger } = parts;
  const [memory, page] = await Promise.all([
    parts.memory.get(),
    readPageSource(context.extensionPath, 'main'),
  ]);
  const folder = workspaceFolder();
  const disposables = new DisposableStore();
  const { extensionPath } = context;
  disposables.add(live);
  let { assistant, encoder, modelsFor } = compose();
  let toldRestricted = false;
  const warnOfPrices = createPriceWarning();
  let toldVirtual = false;
  // Trust brings the terminal and the models; runs under way go on with what they began with.
  disposables.add(
    vscode.workspace.onDidGrantWorkspaceTrust(() => ({ assistant, encoder, modelsFor } = compose())),
  );
  const encoding = disposables.add(new QuestionEncoding(memory.bank, logger));
  const encodeQuestions = () => encoding.start(encoder);
  void encodeQuestions();

  const judge: Research['judge'] = (runId, reward, reason) => {
    const { lessons, limits, prices } = readSettings();
    return assistant.judge(runId, reward, reason, lessons ? { lessons: { limits, prices } } : {});
  };
  const panels = disposables.add(
    new RunPanels(
      context.extensionUri,
      page,
      {
        running: (runId) => live.get(runId),
        runs: memory.runs,
        runFolder: (runId) => runFolderPath(memory.folder, runId),
        command: (runId, callId) => assistant.command(runId, callId),
        judge,
        folder: folder?.uri.fsPath,
        research: start,
        show,
        resume,
      },
      logger,
    ),
  );

  function compose(): Composed {
    const adapters = disposables.add(createPorts({ extensionPath, storage, known, memory, folder, logger }));
    const composed = createAssistant(adapters.ports);
    disposables.add(composed);
    disposables.add(composed.onDidAppend((event) => panels.add(event)));
    return { assistant: composed, encoder: adapters.ports.encoder, modelsFor: adapters.modelsFor };
  }

  function start(question: string, parentRunId?: string): void {
    const run = launch(question, parentRunId === undefined ? {} : { parentRunId });
    panels.show(run.id, question);
    void follow(run, question);
    if (!folder && (vscode.workspace.workspaceFolders ?? []).length > 0 && !toldVirtual) {
      toldVirtual = true;
      void announceVirtual();
    }
    if (!vscode.workspace.isTrusted && !toldRestricted) {
      toldRestricted = true;
      void announceRestricted();
    }
  }

  function launch(question: string, { chat, ...options }: BeginOptions): Run {
    const { policy, k, rates, limits, prices, wrongPrices, reviewPlans } = readSettings();
    void warnOfPrices(wrongPrices);
    const run = assistant.research(question, {
      policy,
      k,
      rates,
      limits,
      prices,
      reviewPlans,
      ...options,
      ...(chat === undefined ? {} : { models: (signal) => modelsFor(chat, signal) }),
    });
    live.add(run, question);
    return run;
  }

  async function resume(runId: string): Promise<Result<Run>> {
    const { limits, prices, reviewPlans } = readSettings();
    const run = await assistant.resume(runId, { limits, prices, reviewPlans });
    if (!run.ok) return run;
    const question = questionOf(await memory.runs.read(runId)) ?? '';
    live.add(run.value, question);
    panels.show(runId, question);
    panels.reload(runId);
    void follow(run.value, question);
    return run;
  }

  /** @param isShown whether the user sees how it ended */
  async function follow(run: Run, question: string, isShown = () => panels.isVisible(run.id)): Promise<void> {
    for await (const event of run.events) {
      if (event.type !== 'run.finished') continue;
      void announceEnd({
        question,
        outcome: event.outcome,
        error: event.error ?? null,
        isVisible: isShown(),
        show: () => panels.show(run.id, question),
      });
    }
  }

  async function show(runId: string): Promise<boolean> {
    const question = live.questionOf(runId) ?? questionOf(await memory.runs.read(runId));
    if (question !== undefined) panels.show(runId, question);
    return question !== undefined;
  }

  return {
    start,
    begin: (question, options = {}) => {
      const run = launch(question, options);
      void follow(run, question, () => true);
      return run;
    },
    resume,
    stopRun: (runId) => {
      const run = live.get(runId);
      run?.cancel();
      return run !== undefined;
    },
    stop: () => live.choose(panels.activeRun)?.cancel(),
    show,
    pick: async () => {
      const runId = await pickRun(vscode.l10n.t('Show Past Run'), memory.runs.list(PICKED), (run) =>
        live.standing(run, memory.runs),
      );
      if (runId !== undefined) await show(runId);
    },
    pickRunning: async () => {
      const running = (await memory.runs.list(PICKED)).filter(({ runId }) => live.get(runId) !== undefined);
      const runId = await pickRun(vscode.l10n.t('Show Run Under Way'), running, () => 'live');
      if (runId !== undefined) await show(runId);
    },
    restore: (panel, state) => {
      const runId = parsePanelState(state);
      // Closed before it had shown its run: there is nothing to bring back.
      if (runId === undefined) panel.dispose();
      else panels.adopt(panel, runId);
    },
    judge,
    encoder,
    encodeQuestions,
    suggest: (runId, suggestion) => assistant.suggest(runId, suggestion),
    edit: (caseId, changes) => assistant.edit(caseId, changes),
    sampleQuestion: (signal) => assistant.sampleQuestion(signal),
    get activeRun() {
      return panels.activeRun;
    },
    dispose: () => disposables.dispose(),
  };
}
