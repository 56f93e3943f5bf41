/** VS Code's secret storage and log, so that whatever is read from the one never stands in the other. */
import type * as vscode from 'vscode';
import type { Secrets } from '../core/common/secrets';
import type { Logger } from '../core/ports';

/** The same storage; `secrets` learns every value that is read or stored. */
export function remembered(storage: vscode.SecretStorage, secrets: Secrets): vscode.SecretStorage {
  return {
    async get(name) {
      const value = await storage.get(name);
      secrets.add(value);
      return value;
    },
    store: (name, value) => {
      secrets.add(value);
      return storage.store(name, value);
    },
    delete: (name) => storage.delete(name),
    keys: () => storage.keys(),
    onDidChange: storage.onDidChange,
  };
}

export function withoutSecrets(logger: Logger, secrets: Secrets): Logger {
  return {
    debug: (message) => logger.debug(secrets.hide(message)),
    info: (message) => logger.info(secrets.hide(message)),
    warn: (message) => logger.warn(secrets.hide(message)),
    error: (message) => logger.error(secrets.hide(message)),
  };
}
