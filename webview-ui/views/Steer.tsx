import { useState } from 'preact/hooks';
import { Icon } from './Icon';
import { usePending } from './panelContext';

interface Props {
  readonly steering: readonly string[];
  readonly underWay: boolean;
}

/** A word to the planner while it works; it comes back as an event and is listed here. */
export function Steer({ steering, underWay }: Props) {
  const [text, setText] = useState('');
  const { busy, problem, send } = usePending();

  async function submit(): Promise<void> {
    const said = text.trim();
    if (said === '' || busy) return;
    if (await send({ type: 'steer', text: said })) setText('');
  }

  if (!underWay) return <Said steering={steering} />;
  return (
    <form
      class="steer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Said steering={steering} />
      <div class="field-row">
        <input
          type="text"
          aria-label="Guide the run"
          placeholder="Guide the run: what to look at, what to leave out…"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="secondary" disabled={busy || text.trim() === ''}>
          <Icon name="send" /> Send
        </button>
      </div>
      {problem !== null && <p class="problem">{problem}</p>}
    </form>
  );
}

function Said({ steering }: { readonly steering: readonly string[] }) {
  if (steering.length === 0) return null;
  return (
    <ul class="said" aria-label="Your guidance">
      {steering.map((said, index) => (
        <li key={index}>
          <Icon name="comment" tone="quiet" /> <span>{said}</span>
        </li>
      ))}
    </ul>
  );
}
