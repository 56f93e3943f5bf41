import * as l10n from '@vscode/l10n';
import { isUnderWay, type PanelState } from '../state';
import { Announcements } from './Announcements';
import { Answer } from './Answer';
import { Boundary } from './Boundary';
import { Cases } from './Cases';
import { Header } from './Header';
import { Notices, Problem } from './Notices';
import { Plan } from './Plan';
import { Steer } from './Steer';

export function App({ panel }: { readonly panel: PanelState }) {
  return (
    <>
      {/* There before anything else is: what a live region holds when it comes is not read. */}
      <Announcements panel={panel} />
      <Page panel={panel} />
    </>
  );
}

function Page({ panel }: { readonly panel: PanelState }) {
  if (panel.unavailable !== null) return <Unavailable message={panel.unavailable} />;
  if (panel.runId === null) return <Opening />;
  const { run } = panel;
  const underWay = isUnderWay(panel);
  return (
    <main key={panel.runId}>
      <Header panel={panel} />
      <Boundary part={l10n.t('notices')}>
        <Notices run={run} />
      </Boundary>
      <Boundary part={l10n.t('retrieved cases')}>
        <Cases panel={panel} />
      </Boundary>
      <Boundary part={l10n.t('plan')}>
        <Plan run={run} underWay={underWay} />
      </Boundary>
      <Steer steering={run.steering} underWay={underWay} />
      <Boundary part={l10n.t('answer')}>
        <Answer panel={panel} />
      </Boundary>
      <Problem message={panel.problem} />
    </main>
  );
}

function Opening() {
  return (
    <main aria-busy="true">
      <h1 class="visually-hidden">{l10n.t('Memento research')}</h1>
      <p class="empty">{l10n.t('Opening the run…')}</p>
    </main>
  );
}

function Unavailable({ message }: { readonly message: string }) {
  return (
    <main>
      <h1 class="question">{l10n.t('This run cannot be shown')}</h1>
      <p class="empty">{message}</p>
    </main>
  );
}
