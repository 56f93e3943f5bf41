import { SendBox } from './SendBox';

/** The next question, asked with what this run has found; it opens a panel of its own. */
export function FollowUp() {
  return (
    <div class="follow-up">
      <SendBox
        label="Follow-up question"
        placeholder="Ask a follow-up…"
        verb="Ask"
        requestFor={(question) => ({ type: 'followUp', question })}
      />
    </div>
  );
}
