import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunEvent } from '../../src/core/agent/events';
import { Secrets } from '../../src/core/common/secrets';
import type { Assistant, Ports, ResearchOptions } from '../../src/core/assistant';
import { createAssistant } from '../../src/core/assistant';
import { modelConfigFromEnvironment, resolveModels } from '../../src/models';
import { createChildRunner } from '../../src/node/childRunner';
import { createFiles } from '../../src/node/files';
import { createRunFiles } from '../../src/node/runFiles';
import { createRunStore } from '../../src/node/runStore';
import { hashEncoder } from '../fakes/hashEncoder';
import { localCalculator } from '../fakes/localCalculator';
import { memoryBank } from '../fakes/memoryBank';
import { CountingIds, ManualClock, silentLogger } from '../fakes/memoryRuns';
import { memorySearch } from '../fakes/memorySearch';
import type { ModelServer, ModelServerOptions } from '../fakes/modelServer';
import { startModelServer } from '../fakes/modelServer';

export interface Stage {
  readonly assistant: Assistant;
  readonly ports: Ports;
  /** Undefined without `replies`. */
  readonly server: ModelServer | undefined;
  /** Events that were added to logs of runs after their end. */
  readonly later: readonly RunEvent[];
  /** Runs a question to its end; what asks is approved. */
  ask(question: string, options?: ResearchOptions): Promise<readonly RunEvent[]>;
  close(): Promise<void>;
}

/** The whole core over a real folder, real processes and, with `replies`, a real model server on loopback. */
export async function setStage(
  files: Readonly<Record<string, string>>,
  replies?: ModelServerOptions['replies'],
  { model }: { readonly model?: string } = {},
): Promise<Stage> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'memento-golden-'));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, 'workspace', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const root = path.join(folder, 'workspace');
  mkdirSync(root, { recursive: true });
  const server = replies ? await startModelServer({ replies }) : undefined;
  const config = modelConfigFromEnvironment(
    server ? { OPENAI_BASE_URL: server.url, MEMENTO_PLANNER_MODEL: model } : {},
  );
  const runs = createRunStore(path.join(folder, 'storage'));
  const encoder = hashEncoder();
  const ports: Ports = {
    bank: await memoryBank(),
    runs,
    encoder,
    workspace: 'lake',
    files: createFiles({ root }),
    search: memorySearch(files, { encoder }),
    commands: createChildRunner({ cwd: root, runs, secrets: new Secrets() }),
    runFiles: createRunFiles(runs),
    calculator: localCalculator,
    models: (signal) => resolveModels(config, { signal }),
    secrets: new Secrets(),
    clock: new ManualClock(),
    ids: new CountingIds(),
    logger: silentLogger,
  };
  const assistant = createAssistant(ports);
  const later: RunEvent[] = [];
  assistant.onDidAppend((event) => later.push(event));
  return {
    assistant,
    ports,
    server,
    later,
    ask: async (question, options) => {
      const run = assistant.research(question, options);
      const events: RunEvent[] = [];
      for await (const event of run.events) {
        events.push(event);
        if (event.type === 'approval.requested') run.send({ type: 'approve', approvalId: event.approvalId });
      }
      return events;
    },
    close: async () => {
      await server?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
