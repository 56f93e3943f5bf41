import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { marksOf } from '../marks';
import { isUnderWay, type PanelState } from '../state';
import { CopyAnswer } from './CopyAnswer';
import { ExportMenu } from './ExportMenu';
import { Feedback, canBeJudged } from './Feedback';
import { FollowUp } from './FollowUp';
import { Icon } from './Icon';
import { Markdown } from './Markdown';
import { OutcomeBanner } from './Outcome';
import { Sources } from './Sources';

export const ANSWER_ID = 'answer';

/** Above it, each new piece would have the whole text parsed again: it shows as plain text until it is complete. */
const MAX_LIVE_MARKDOWN = 20_000;

/** `[e1, e` at the end of what has arrived so far. */
const UNFINISHED_MARK = /\[(?:e[\d,;e\s]*)?$/;

export function Answer({ panel }: { readonly panel: PanelState }) {
  const { run } = panel;
  return (
    <section aria-label={l10n.t('Answer')} id={ANSWER_ID} tabIndex={-1}>
      <div class="answer-head">
        <h2>{l10n.t('Answer')}</h2>
        {run.citations !== null && run.answer !== '' && (
          <span class="answer-actions">
            <CopyAnswer />
            <ExportMenu />
          </span>
        )}
      </div>
      <OutcomeBanner panel={panel} />
      {run.answer !== '' && <AnswerText panel={panel} />}
      {run.answer === '' && isUnderWay(panel) && (
        <p class="empty">{l10n.t('The answer will be here, with its sources.')}</p>
      )}
      {run.citations !== null && run.citations.length > 0 && <Sources citations={run.citations} />}
      {canBeJudged(run) && <Feedback run={run} />}
      {canBeJudged(run) && <FollowUp />}
    </section>
  );
}

function AnswerText({ panel }: { readonly panel: PanelState }) {
  const { run } = panel;
  const { answer, shortAnswer, citations } = run;
  const marks = useMemo(
    () => marksOf(citations, run),
    // While it is written, new text and new evidence change the marks; a complete answer's are settled.
    [citations, citations === null ? run.answer : null, citations === null ? run.evidence : null],
  );
  const writing = citations === null && isUnderWay(panel);
  const short = shortAnswer.trim();
  return (
    <div class="answer" aria-busy={writing}>
      {short !== '' && !answer.trimStart().startsWith(short) && (
        <p class="short-answer" dir="auto">
          {short}
        </p>
      )}
      {citations === null && answer.length > MAX_LIVE_MARKDOWN ? (
        <p class="prose" dir="auto">
          {answer}
        </p>
      ) : (
        <Markdown text={writing ? answer.replace(UNFINISHED_MARK, '') : answer} marks={marks} />
      )}
      {writing && (
        <p class="writing">
          <Icon name="loading" /> {l10n.t('Writing…')}
        </p>
      )}
    </div>
  );
}
