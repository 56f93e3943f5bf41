/** “Memento: Choose Model…”: provider, address, key and model, one question after the other; written to the user's settings. */
import * as vscode from 'vscode';
import { azureTarget } from '../../models/azure';
import { isLoopback, OPENAI_BASE_URL } from '../../models/endpoint';
import { parseUrl } from '../../core/common/url';
import { saveKey } from '../secrets';
import { modelItems, type ModelItem } from './modelItems';
import { createProviderItems, type ProviderItem } from './providerItems';
import { saveChoice, usesFor, type Choice, type Use } from './saveChoice';
import { ask, BACK, DISMISSED, pick, walk, type Place, type Step, type Turned } from './steps';
import { showInformation } from '../notifications';

export async function chooseModel(secrets: vscode.SecretStorage): Promise<void> {
  const chosen = await choose(secrets, { title: vscode.l10n.t('Choose Model'), signal: undefined });
  if (chosen === undefined) return;
  const test = vscode.l10n.t('Test Model');
  const message =
    chosen.model === undefined
      ? vscode.l10n.t('Memento answers in its extractive mode now, without a model.')
      : vscode.l10n.t('Memento uses {0} now.', chosen.model);
  const pressed = await showInformation(message, ...(chosen.model === undefined ? [] : [test]));
  if (pressed === test) await vscode.commands.executeCommand('memento.testModel');
}

let asking: Promise<void> | undefined;

/**
 * Asks which model to use where none is set up: once, whatever the answer. Whoever turns away has the extractive pair.
 * Runs that start meanwhile wait for the same answer; it is asked again where the run that asked was stopped.
 */
export function askOnce(secrets: vscode.SecretStorage, signal: AbortSignal): Promise<void> {
  asking ??= (async () => {
    await choose(secrets, { title: vscode.l10n.t('Which model should Memento use?'), signal, isFirst: true });
    if (signal.aborted) return;
    await vscode.workspace
      .getConfiguration('memento')
      .update('askForModel', false, vscode.ConfigurationTarget.Global);
  })().finally(() => (asking = undefined));
  return asking;
}

interface Asking {
  readonly title: string;
  readonly signal: AbortSignal | undefined;
  /** Before the first run: the answer is for planner and executor. */
  readonly isFirst?: boolean;
}

/** What was chosen, after it was written; undefined where the person turned away. */
async function choose(secrets: vscode.SecretStorage, asking: Asking): Promise<Choice | undefined> {
  const dialogue = new Dialogue(secrets, asking);
  return (await walk(dialogue.provider)) ? dialogue.save() : undefined;
}

/** The steps, and what is known so far. */
class Dialogue {
  #choice: Choice = { provider: 'extractive' };
  #key: string | undefined;
  #use: Use = 'both';
  #total = 2;

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly asking: Asking,
  ) {}

  async save(): Promise<Choice> {
    const { baseUrl } = this.#choice;
    if (this.#key && baseUrl) await saveKey(this.secrets, baseUrl, this.#key);
    await saveChoice(this.#choice, this.#use);
    return this.#choice;
  }

  readonly provider: Step = async () => {
    const item = await pick<ProviderItem>({
      ...this.#place(1),
      placeholder: this.asking.isFirst
        ? vscode.l10n.t(
            'The run goes on with your answer; Escape goes on without a model. This is asked once.',
          )
        : vscode.l10n.t('Who provides the model?'),
      load: createProviderItems(),
      again: (each) => each.from === 'look',
    });
    if (isTurned(item)) return item;
    switch (item.from) {
      case 'extractive':
        this.#choice = { provider: 'extractive' };
        return this.#last(2);
      case 'vscode':
        this.#begin({ provider: 'vscode' }, 3);
        return this.#model(2);
      case 'openai':
        this.#begin({ provider: 'openai', baseUrl: OPENAI_BASE_URL }, 4);
        return this.#keyStep(2);
      case 'local':
        this.#begin({ provider: 'openai', baseUrl: item.baseUrl }, 3);
        return this.#model(2);
      case 'server':
        this.#begin({ provider: 'openai' }, 5);
        return this.#address;
      case 'azure':
        this.#begin({ provider: 'azure' }, 5);
        return this.#endpoint;
      case 'look':
        return this.provider;
    }
  };

  readonly #address: Step = async () => {
    const baseUrl = await ask({
      ...this.#place(2),
      prompt: vscode.l10n.t('The base URL of a server that speaks the OpenAI chat completions protocol.'),
      placeholder: 'http://localhost:8000/v1',
      value: this.#choice.baseUrl ?? '',
      problem: urlProblem,
    });
    if (isTurned(baseUrl)) return baseUrl;
    const url = parseUrl(baseUrl);
    this.#begin({ provider: 'openai', baseUrl }, url && isLoopback(url) ? 4 : 5);
    return url && isLoopback(url) ? this.#model(3) : this.#keyStep(3);
  };

  readonly #endpoint: Step = async () => {
    const baseUrl = await ask({
      ...this.#place(2),
      prompt: vscode.l10n.t('The endpoint of your Azure OpenAI resource, or the target URI of a deployment.'),
      placeholder: 'https://my-resource.openai.azure.com',
      value: this.#choice.baseUrl ?? '',
      problem: urlProblem,
    });
    if (isTurned(baseUrl)) return baseUrl;
    const deployment = azureTarget(baseUrl, {})?.deployment;
    this.#begin({ provider: 'azure', baseUrl, ...(deployment === undefined ? {} : { deployment }) }, 5);
    return this.#keyStep(3);
  };

  #keyStep(step: number): Step {
    return async () => {
      const key = await ask({
        ...this.#place(step),
        prompt: vscode.l10n.t(
          'The API key for {0}. It is kept in VS Code’s secret storage and sent to this server only; empty keeps the one that is stored.',
          parseUrl(this.#choice.baseUrl ?? '')?.origin ?? '',
        ),
        password: true,
      });
      if (isTurned(key)) return key;
      this.#key = key === '' ? undefined : key;
      return this.#choice.provider === 'azure' ? this.#deployment(step + 1) : this.#model(step + 1);
    };
  }

  /** Azure lists models, and not what is deployed. */
  #deployment(step: number): Step {
    return async () => {
      const deployment = await ask({
        ...this.#place(step),
        prompt: vscode.l10n.t('The name of the deployment, as the Azure portal shows it.'),
        value: this.#choice.deployment ?? '',
        problem: (value) => (value === '' ? vscode.l10n.t('Type the name of a deployment.') : undefined),
      });
      if (isTurned(deployment)) return deployment;
      this.#choice = { ...this.#choice, deployment, model: deployment };
      return this.#last(step + 1);
    };
  }

  #model(step: number): Step {
    return async () => {
      const item = await pick<ModelItem>({
        ...this.#place(step),
        placeholder: vscode.l10n.t('Which model? Type to search, or to name one that is not listed.'),
        load: (signal) => modelItems(this.secrets, this.#choice, this.#key, signal),
        typed: (value) => ({
          label: value,
          description: vscode.l10n.t('use this name'),
          alwaysShow: true,
          model: value,
        }),
        again: (each) => each.model === undefined,
      });
      if (isTurned(item)) return item;
      this.#choice = { ...this.#choice, model: item.model };
      return this.#last(step + 1);
    };
  }

  #last(step: number): Step | 'done' {
    if (this.asking.isFirst) return 'done';
    return async () => {
      const item = await pick({
        ...this.#place(step),
        placeholder: vscode.l10n.t('What should it do?'),
        load: usesFor,
      });
      if (isTurned(item)) return item;
      this.#use = item.use;
      return 'done';
    };
  }

  #begin(choice: Choice, total: number): void {
    this.#choice = choice;
    this.#total = this.asking.isFirst ? total - 1 : total;
  }

  #place(step: number): Place {
    const { title, signal } = this.asking;
    return { title, signal, step, totalSteps: Math.max(this.#total, step) };
  }
}

const isTurned = (answer: unknown): answer is Turned => answer === BACK || answer === DISMISSED;

function urlProblem(value: string): string | undefined {
  const url = parseUrl(value);
  return url && /^https?:$/.test(url.protocol)
    ? undefined
    : vscode.l10n.t('Type an address that begins with http:// or https://.');
}
