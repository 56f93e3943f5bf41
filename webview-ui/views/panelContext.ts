/** What views can do; they know neither the host nor the store. */
import * as l10n from '@vscode/l10n';
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { WebviewRequest } from '../../src/protocol/messages';
import type { Reply } from '../host';

export interface PanelActions {
  readonly request: (request: WebviewRequest) => Promise<Reply>;
  /** A request whose failure the panel shows. True when it was done. */
  readonly attempt: (request: WebviewRequest) => Promise<boolean>;
  readonly dismiss: () => void;
  /** Address of the run's folder; null where the page was given none. */
  readonly filesBase: string | null;
}

const unmounted: Reply = { ok: false, message: l10n.t('The panel is not ready.') };

export const PanelContext = createContext<PanelActions>({
  request: () => Promise.resolve(unmounted),
  attempt: () => Promise.resolve(false),
  dismiss: () => undefined,
  filesBase: null,
});

export const usePanel = (): PanelActions => useContext(PanelContext);

export interface Pending {
  /** True until the reply has come. */
  readonly busy: boolean;
  readonly problem: string | null;
  /** True when it was done; does nothing while busy, so that a button need not lose the focus by being disabled. */
  readonly send: (request: WebviewRequest) => Promise<boolean>;
}

/** A request of one view, which shows itself that it waits and what went wrong. */
export function usePending(): Pending {
  const { request } = usePanel();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const send = async (body: WebviewRequest): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    const reply = await request(body);
    if (!mounted.current) return reply.ok;
    setBusy(false);
    if (!reply.ok) setProblem(reply.message);
    return reply.ok;
  };
  return { busy, problem, send };
}

/** The time, once a second while `ticking`. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
