import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { RunState } from '../../src/core/agent/runState';
import { Icon } from './Icon';
import { isSubmit, useCardFocus, useInitialFocus } from './focus';
import { usePending } from './panelContext';

type Review = NonNullable<RunState['review']>;
type Row = Review['tasks'][number];

/** A plan before it is done: its tasks can be rewritten, left out and added to. */
export function PlanReview({ review }: { readonly review: Review }) {
  const card = useCardFocus<HTMLFormElement>();
  const [rows, setRows] = useState<readonly Row[]>(review.tasks);
  const { busy, problem, send } = usePending();

  const change = (id: number, part: Partial<Row>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const leaveOut = (id: number) =>
    setRows(
      rows
        .filter((row) => row.id !== id)
        .map((row) => ({ ...row, dependsOn: row.dependsOn.filter((other) => other !== id) })),
    );
  const add = () => {
    const id = Math.max(...[...review.tasks, ...rows].map((row) => row.id)) + 1;
    setRows([...rows, { id, description: '', dependsOn: [] }]);
  };

  const submit = () => void send({ type: 'plan', cycle: review.cycle, tasks: rows });

  return (
    <form
      class="approval plan-review"
      aria-label={l10n.t('Review the plan')}
      tabIndex={-1}
      ref={card}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (isSubmit(event)) submit();
      }}
    >
      <p class="approval-title">
        <Icon name="checklist" tone="attention" />
        {l10n.t('Is this the right plan?')}
      </p>
      <ol class="plan-rows">
        {rows.map((row) => (
          <PlanRow
            key={row.id}
            row={row}
            others={rows.map(({ id }) => id).filter((id) => id !== row.id)}
            isNew={!review.tasks.some(({ id }) => id === row.id)}
            change={(part) => change(row.id, part)}
            leaveOut={rows.length > 1 ? () => leaveOut(row.id) : undefined}
          />
        ))}
      </ol>
      <div class="field-row">
        <button type="submit" class="primary" aria-disabled={busy}>
          {l10n.t('Do this plan')}
        </button>
        <button type="button" class="secondary" onClick={add}>
          <Icon name="add" /> {l10n.t('Add a task')}
        </button>
      </div>
      <p class="aside">{l10n.t('For another plan, say below what it should look at.')}</p>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

interface RowProps {
  readonly row: Row;
  readonly others: readonly number[];
  /** Added by the person: the next thing they do is write it. */
  readonly isNew: boolean;
  readonly change: (part: Partial<Row>) => void;
  /** Undefined for the only task. */
  readonly leaveOut: (() => void) | undefined;
}

function PlanRow({ row: { id, description, dependsOn }, others, isNew, change, leaveOut }: RowProps) {
  const field = useInitialFocus<HTMLTextAreaElement>(isNew);
  const toggle = (other: number) =>
    change({
      dependsOn: dependsOn.includes(other)
        ? dependsOn.filter((each) => each !== other)
        : [...dependsOn, other],
    });
  return (
    <li class="plan-row">
      <span class="number" aria-hidden="true">
        {id}.
      </span>
      <div class="plan-task">
        <textarea
          rows={1}
          dir="auto"
          aria-label={l10n.t('Task {0}', id)}
          ref={field}
          value={description}
          onInput={(event) => change({ description: event.currentTarget.value })}
        />
        {others.length > 0 && (
          <p class="after" role="group" aria-label={l10n.t('Task {0} needs the results of', id)}>
            <span aria-hidden="true">{l10n.t('needs')}</span>
            {others.map((other) => (
              <button
                key={other}
                type="button"
                class={dependsOn.includes(other) ? 'chip chosen' : 'chip'}
                aria-pressed={dependsOn.includes(other)}
                aria-label={l10n.t('Task {0}', other)}
                onClick={() => toggle(other)}
              >
                {dependsOn.includes(other) && <Icon name="check" />}
                {other}
              </button>
            ))}
          </p>
        )}
      </div>
      {leaveOut && (
        <button
          type="button"
          class="quiet icon-only"
          aria-label={l10n.t('Leave out task {0}', id)}
          onClick={leaveOut}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}
