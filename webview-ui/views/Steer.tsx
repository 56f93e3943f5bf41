import { Icon } from './Icon';
import { SendBox } from './SendBox';

interface Props {
  readonly steering: readonly string[];
  readonly underWay: boolean;
}

/** A word to the planner while it works; it comes back as an event and is listed here. */
export function Steer({ steering, underWay }: Props) {
  return (
    <div class="steer">
      {steering.length > 0 && (
        <ul class="said" aria-label="Your guidance">
          {steering.map((said, index) => (
            <li key={index}>
              <Icon name="comment" tone="quiet" /> <span dir="auto">{said}</span>
            </li>
          ))}
        </ul>
      )}
      {underWay && (
        <SendBox
          label="Guide the run"
          placeholder="Guide the run: what to look at, what to leave out…"
          verb="Send"
          requestFor={(text) => ({ type: 'steer', text })}
        />
      )}
    </div>
  );
}
