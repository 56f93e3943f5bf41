import { useState } from 'preact/hooks';
import { Icon } from './Icon';
import { usePending } from './panelContext';

/** The next question, asked with what this run has found; it opens a panel of its own. */
export function FollowUp() {
  const [question, setQuestion] = useState('');
  const { busy, problem, send } = usePending();

  async function submit(): Promise<void> {
    const asked = question.trim();
    if (asked === '' || busy) return;
    if (await send({ type: 'followUp', question: asked })) setQuestion('');
  }

  return (
    <form
      class="follow-up"
      aria-label="Follow up"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="field-row">
        <input
          type="text"
          aria-label="Follow-up question"
          placeholder="Ask a follow-up…"
          value={question}
          onInput={(event) => setQuestion(event.currentTarget.value)}
        />
        <button type="submit" class="secondary" disabled={busy || question.trim() === ''}>
          <Icon name="send" /> Ask
        </button>
      </div>
      {problem !== null && <p class="problem">{problem}</p>}
    </form>
  );
}
