import { useState } from 'preact/hooks';
import type { WebviewRequest } from '../../src/protocol/messages';
import { Icon } from './Icon';
import { usePending } from './panelContext';

interface Props {
  /** What the field is, for a screen reader. */
  readonly label: string;
  readonly placeholder: string;
  /** On the button. */
  readonly verb: string;
  readonly requestFor: (text: string) => WebviewRequest;
}

/** A field that grows with what is typed: Enter sends it, Shift+Enter starts a line. What cannot be sent stays in it. */
export function SendBox({ label, placeholder, verb, requestFor }: Props) {
  const [text, setText] = useState('');
  const { busy, problem, send } = usePending();
  const said = text.trim();

  async function submit(): Promise<void> {
    if (said !== '' && (await send(requestFor(said)))) setText('');
  }

  return (
    <form
      class="send-box"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="field-row">
        <textarea
          rows={1}
          dir="auto"
          aria-label={label}
          placeholder={placeholder}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void submit();
          }}
        />
        <button type="submit" class="secondary" aria-disabled={busy || said === ''}>
          <Icon name="send" /> {verb}
        </button>
      </div>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
