import { createContext } from 'preact';

/** Where a view's fault is told: the extension's log. */
export const LogContext = createContext<(message: string) => void>(() => undefined);
