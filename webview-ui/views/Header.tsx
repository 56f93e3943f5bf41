import type { RunState } from '../../src/core/agent/runState';
import { formatCost, formatCount, formatElapsed, plural } from '../format';
import { phaseOf } from '../phase';
import { isElsewhere, isUnderWay, type PanelState } from '../state';
import { Icon } from './Icon';
import { useNow, usePanel, usePending } from './panelContext';
import { ANSWER_ID } from './Answer';

export function Header({ panel }: { readonly panel: PanelState }) {
  const { run } = panel;
  return (
    <>
      <header class="title">
        <p class="overline">
          <Icon name="beaker" /> Memento research
          {run.models.planner !== '' && <span class="models">{modelsInWords(run.models)}</span>}
        </p>
        <h1 class="question" dir="auto">
          {run.question === '' ? 'Untitled question' : run.question}
        </h1>
        {run.parentRunId !== null && <Follows run={run} parentRunId={run.parentRunId} />}
      </header>
      <div class="status-bar">
        <Status panel={panel} />
        <Meter panel={panel} />
        <Actions panel={panel} />
      </div>
    </>
  );
}

/** Of a follow-up: the way to what it follows, and how it was understood. */
function Follows({ run, parentRunId }: { readonly run: RunState; readonly parentRunId: string }) {
  const { attempt } = usePanel();
  return (
    <p class="follows">
      <button
        type="button"
        class="link"
        onClick={() => void attempt({ type: 'openRun', runId: parentRunId })}
      >
        <Icon name="history" /> Follows an earlier answer
      </button>
      {run.restated !== null && <span dir="auto">Understood as “{run.restated}”</span>}
    </p>
  );
}

function modelsInWords({
  planner,
  executor,
}: {
  readonly planner: string;
  readonly executor: string;
}): string {
  return planner === executor ? planner : `${planner} plans, ${executor} works`;
}

function Status({ panel }: { readonly panel: PanelState }) {
  const { words, icon, tone } = phaseOf(panel);
  return (
    <p class={`status status-${tone}`}>
      <Icon name={icon} tone={tone} /> {words}
    </p>
  );
}

function Meter({ panel }: { readonly panel: PanelState }) {
  const { run } = panel;
  const ticking = isUnderWay(panel) || isElsewhere(panel);
  const now = useNow(ticking);
  const end = run.finishedAt ?? (ticking ? Math.max(now, panel.lastAt) : panel.lastAt);
  const { inputTokens, outputTokens, modelCalls } = run.usage;
  const tokens = `${inputTokens} tokens read, ${outputTokens} written`;
  return (
    <ul class="meter" aria-label="Usage">
      <li>{formatElapsed(run.startedAt === 0 ? 0 : end - run.startedAt)}</li>
      <li>{plural(run.toolCalls, 'tool call')}</li>
      <li>{plural(modelCalls, 'model call')}</li>
      {modelCalls > 0 && <li title={tokens}>{formatCount(inputTokens + outputTokens)} tokens</li>}
      {modelCalls > 0 && <li>{costInWords(run.usage)}</li>}
    </ul>
  );
}

/** A price that is missing is never taken for nothing. */
function costInWords({ cost, knownCost }: RunState['usage']): string {
  if (cost !== null) return formatCost(cost);
  return knownCost === undefined ? 'cost unknown' : `at least ${formatCost(knownCost)}`;
}

function Actions({ panel }: { readonly panel: PanelState }) {
  const { attempt } = usePanel();
  const stop = usePending();
  const resume = usePending();
  const underWay = isUnderWay(panel);
  return (
    <div class="actions" role="group" aria-label="This run">
      {isAsking(panel) && (
        <button type="button" class="quiet" onClick={goToQuestion}>
          <Icon name="arrow-down" /> Go to {panel.run.review ? 'plan' : 'approval'}
        </button>
      )}
      {panel.run.answer !== '' && (
        <button type="button" class="quiet" onClick={goToAnswer}>
          <Icon name="arrow-down" /> Go to answer
        </button>
      )}
      {underWay ? (
        <button
          type="button"
          class="secondary"
          aria-disabled={stop.busy}
          onClick={() => void stop.send({ type: 'stop' })}
        >
          <Icon name="debug-stop" /> Stop
        </button>
      ) : (
        <>
          {panel.run.outcome === null && !isElsewhere(panel) && (
            <button
              type="button"
              class="primary"
              aria-disabled={resume.busy}
              onClick={() => void resume.send({ type: 'resume' })}
            >
              <Icon name="debug-continue" /> Resume
            </button>
          )}
          <button type="button" class="secondary" onClick={() => void attempt({ type: 'researchAgain' })}>
            <Icon name="refresh" /> Research again
          </button>
        </>
      )}
      {stop.problem !== null && <p class="problem">{stop.problem}</p>}
      {resume.problem !== null && <p class="problem">{resume.problem}</p>}
    </div>
  );
}

/** Something waits for the person. */
const isAsking = (panel: PanelState): boolean => isUnderWay(panel) && panel.run.status === 'waiting';

const goToAnswer = () => goTo(document.getElementById(ANSWER_ID));
const goToQuestion = () => goTo(document.querySelector<HTMLElement>('.approval'));

function goTo(place: HTMLElement | null): void {
  place?.scrollIntoView({ block: 'start' });
  place?.focus({ preventScroll: true });
}
