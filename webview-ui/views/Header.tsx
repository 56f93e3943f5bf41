import * as l10n from '@vscode/l10n';
import { GIVEN } from '../../src/core/agent/exposure';
import type { RunState } from '../../src/core/agent/runState';
import { formatCost, formatCount, formatElapsed } from '../format';
import { counted, formatNumber } from '../language';
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
          <Icon name="beaker" /> {l10n.t('Memento research')}
          {run.models.planner !== '' && <span class="models">{modelsInWords(run.models)}</span>}
        </p>
        <h1 class="question" dir="auto">
          {run.question === '' ? l10n.t('Untitled question') : run.question}
        </h1>
        {run.parentRunId !== null && <Follows run={run} parentRunId={run.parentRunId} />}
      </header>
      <div class="status-bar">
        <Status panel={panel} />
        <Meter panel={panel} />
        <Actions panel={panel} />
      </div>
      {run.exposedTo !== null && <Exposed source={run.exposedTo} />}
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
        <Icon name="history" /> {l10n.t('Follows an earlier answer')}
      </button>
      {run.restated !== null && <span dir="auto">{l10n.t('Understood as “{0}”', run.restated)}</span>}
    </p>
  );
}

/** Nothing to do for the person: why the run asks more than their settings say. */
function Exposed({ source }: { readonly source: string }) {
  return (
    <p class="exposed">
      <Icon name="shield" />
      <span>
        {l10n.t(
          'Has read text of others ({0}): what your rules allow asks again, and so does what sends data out.',
          nameOf(source),
        )}
      </span>
    </p>
  );
}

/** Of a tool as it is called, or of what else a run was given. */
function nameOf(source: string): string {
  switch (source) {
    case GIVEN.agent:
      return l10n.t('the question of another program');
    case GIVEN.cases:
      return l10n.t('past cases');
    case GIVEN.conversation:
      return l10n.t('the answer before');
    case GIVEN.descriptions:
      return l10n.t('descriptions of tools');
    case GIVEN.fault:
      return l10n.t('what a model’s server says');
    default:
      return source;
  }
}

function modelsInWords({
  planner,
  executor,
}: {
  readonly planner: string;
  readonly executor: string;
}): string {
  return planner === executor ? planner : l10n.t('{0} plans, {1} works', planner, executor);
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
  const tokens = l10n.t(
    '{0} tokens read, {1} written',
    formatNumber(inputTokens),
    formatNumber(outputTokens),
  );
  return (
    <ul class="meter" aria-label={l10n.t('Usage')}>
      <li>{formatElapsed(run.startedAt === 0 ? 0 : end - run.startedAt)}</li>
      <li>{counted(run.toolCalls, l10n.t('{0} tool call'), l10n.t('{0} tool calls'))}</li>
      <li>{counted(modelCalls, l10n.t('{0} model call'), l10n.t('{0} model calls'))}</li>
      {modelCalls > 0 && (
        <li title={tokens}>{l10n.t('{0} tokens', formatCount(inputTokens + outputTokens))}</li>
      )}
      {modelCalls > 0 && <li>{costInWords(run.usage)}</li>}
    </ul>
  );
}

/** A price that is missing is never taken for nothing. */
function costInWords({ cost, knownCost }: RunState['usage']): string {
  if (cost !== null) return formatCost(cost);
  return knownCost === undefined ? l10n.t('cost unknown') : l10n.t('at least {0}', formatCost(knownCost));
}

function Actions({ panel }: { readonly panel: PanelState }) {
  const { attempt } = usePanel();
  const stop = usePending();
  const resume = usePending();
  const underWay = isUnderWay(panel);
  return (
    <div class="actions" role="group" aria-label={l10n.t('This run')}>
      {isAsking(panel) && (
        <button type="button" class="quiet" onClick={goToQuestion}>
          <Icon name="arrow-down" /> {panel.run.review ? l10n.t('Go to plan') : l10n.t('Go to approval')}
        </button>
      )}
      {panel.run.answer !== '' && (
        <button type="button" class="quiet" onClick={goToAnswer}>
          <Icon name="arrow-down" /> {l10n.t('Go to answer')}
        </button>
      )}
      {underWay ? (
        <button
          type="button"
          class="secondary"
          aria-disabled={stop.busy}
          onClick={() => void stop.send({ type: 'stop' })}
        >
          <Icon name="debug-stop" /> {l10n.t('Stop')}
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
              <Icon name="debug-continue" /> {l10n.t('Resume')}
            </button>
          )}
          <button type="button" class="secondary" onClick={() => void attempt({ type: 'researchAgain' })}>
            <Icon name="refresh" /> {l10n.t('Research again')}
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
