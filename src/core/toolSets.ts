/** Which tools there are: for a run, or for one call alone. */
import type { Budget } from './agent/budget';
import type { ToolCaller, ToolSet } from './agent/session';
import type { ModelPair, Ports } from './assistantPorts';
import { ok, type Result } from './common/result';
import { wait } from './common/wait';
import type { ChatModel } from './ports';
import { calculateTool } from './tools/calculate';
import { isForeignName } from './tools/foreignNames';
import { foreignTool } from './tools/foreignTool';
import { listFilesTool } from './tools/listFiles';
import { lookAtImageTool } from './tools/media/lookAtImage';
import type { ToolModels } from './tools/toolModels';
import { transcribeAudioTool } from './tools/media/transcribeAudio';
import { watchVideoTool } from './tools/media/watchVideo';
import { readDocumentTool } from './tools/readDocument';
import { readFileTool } from './tools/readFile';
import { ToolRegistry } from './tools/registry';
import { BackgroundCommands } from './tools/backgroundCommands';
import { commandTools } from './tools/runCommand';
import { CommandPolicy } from './tools/shell/commandPolicy';
import { searchWorkspaceTool } from './tools/searchWorkspace';
import type { Tool } from './tools/tool';
import { fetchPageTool } from './tools/web/fetchPage';
import { withProxyNotice } from './tools/web/proxyNotice';
import { Searches } from './tools/web/search/searches';
import { searchTools } from './tools/web/search/searchTools';
import { HostQueue } from './tools/web/hostQueue';
import { WebReader, type WebRules } from './tools/web/webReader';

const NO_RULES: WebRules = { allowedOrigins: () => [], ignoreRobots: () => [] };

/** What tools need of who calls them. */
type Host = Pick<ToolCaller, 'signal' | 'cancelled' | 'notify'> & { readonly models: ToolModels };

export class ToolSets {
  readonly background = new BackgroundCommands();
  readonly #ports: Ports;
  /** Outlives a run: the pace of each search provider, and which of them rest. */
  readonly #searches: Searches | undefined;
  /** Outlives a run too: no host minds which of them asks. */
  readonly #hosts: HostQueue;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#searches = searchesOf(ports);
    this.#hosts = new HostQueue(ports);
  }

  /** Our own tools, and what others offer, unless nobody would call that: to list it can take servers that must start. */
  async ofRun({ executor, budget, signal, cancelled, notify }: ToolCaller): Promise<ToolSet> {
    const host = { signal, cancelled, notify, models: metered(modelsOf(this.#ports), budget) };
    return executor.callsOwnToolsOnly ? this.#ownOnly(host) : this.#withForeign(host);
  }

  /** What it takes to call the tool `name`. */
  async forCall(name: string, host: Pick<Host, 'signal' | 'notify'>): Promise<ToolSet> {
    const whole = { ...host, cancelled: host.signal, models: modelsOf(this.#ports) };
    return isForeignName(name) ? this.#withForeign(whole, name) : this.#ownOnly(whole);
  }

  #ownOnly(host: Host): ToolSet {
    return { registry: new ToolRegistry(this.#known(host)), notices: [] };
  }

  async #withForeign(host: Host, wanted?: string): Promise<ToolSet> {
    const { foreignTools, runFiles } = this.#ports;
    if (!foreignTools) return this.#ownOnly(host);
    const { tools, notices } = await foreignTools.list(host.signal, wanted);
    const foreign = tools.map((tool) => foreignTool(tool, runFiles));
    return { registry: new ToolRegistry([...this.#known(host), ...foreign]), notices };
  }

  /** Ours, and those of the program that embeds the core. */
  #known(host: Host): readonly Tool[] {
    const given = this.#ports.ownTools ?? [];
    return [...this.#own(host).filter(({ name }) => !given.some((tool) => tool.name === name)), ...given];
  }

  /** What can be done here: no folder, no file tools; no shell (an untrusted workspace), no commands. */
  #own(host: Host): readonly Tool[] {
    const { notify, models } = host;
    const { commandPlace } = this.#ports;
    const policy = commandPlace && new CommandPolicy(commandPlace);
    const { search, files, commands, runFiles, calculator, video, documents, encoder } = this.#ports;
    const rules = this.#ports.webRules ?? NO_RULES;
    const http = this.#ports.http && withProxyNotice(this.#ports.http, notify);
    const web = http && new WebReader({ ...this.#ports, http, rules, queue: this.#hosts });
    const media = { files, runFiles, web, video, models };
    return [
      ...(search ? [searchWorkspaceTool(search)] : []),
      ...(files ? [listFilesTool(files), readFileTool(files, runFiles)] : []),
      ...(http && this.#searches ? searchTools(this.#searches.through(http)) : []),
      ...(web && documents ? [fetchPageTool({ web, documents, encoder, models })] : []),
      ...(documents && (files ?? web) ? [readDocumentTool({ documents, files, web, models })] : []),
      calculateTool(calculator),
      ...(commands ? commandTools({ ...host, runner: commands, policy, background: this.background }) : []),
      ...((files ?? web) ? [lookAtImageTool(media)] : []),
      ...(files ? [transcribeAudioTool(media), watchVideoTool(media)] : []),
    ];
  }
}

function searchesOf({ http, clock, webSearch, cache }: Ports): Searches | undefined {
  if (!http) return undefined;
  return new Searches({
    http,
    cache,
    config: webSearch ?? (() => Promise.resolve({ provider: 'auto', keys: {}, source: 'settings' })),
    timer: { now: () => clock.now(), wait },
    random: Math.random,
  });
}

/** The models that tools ask, resolved when the first of them is used. */
function modelsOf(ports: Ports): ToolModels {
  let asked: Promise<Result<ModelPair>> | undefined;
  const models = (signal: AbortSignal) => (asked ??= ports.models(signal));
  return {
    text: async (signal) => {
      const found = await models(signal);
      return found.ok ? ok(found.value.executor) : found;
    },
    vision: async (signal) => {
      const found = await models(signal);
      return found.ok ? ok(found.value.vision ?? found.value.executor) : found;
    },
    transcriber: async (signal) => {
      const found = await models(signal);
      return found.ok ? ok(found.value.transcriber) : found;
    },
  };
}

/** Each call of them passes the run's budget. */
function metered(models: ToolModels, budget: Budget): ToolModels {
  const meteredChat = async (asked: Promise<Result<ChatModel | undefined>>) => {
    const found = await asked;
    return found.ok && found.value ? ok(budget.metered(found.value)) : found;
  };
  return {
    text: (signal) => meteredChat(models.text(signal)),
    vision: (signal) => meteredChat(models.vision(signal)),
    transcriber: async (signal) => {
      const found = await models.transcriber(signal);
      return found.ok && found.value ? ok(budget.meteredTranscriber(found.value)) : found;
    },
  };
}
