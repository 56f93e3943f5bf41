/**
 * Whether bash tells when the command begins: its DEBUG trap, which shell integration stands on, is not run before a
 * subshell, so output and exit code of `(cd docs && make)` would be lost.
 */
export const isReported = (command: string, shell: string): boolean =>
  !/(^|[\\/])(ba)?sh(\.exe)?$/i.test(shell) ||
  !/^\s*(?:(?:[!{]|time|if|while|until)\s+(?:-p\s+)?)*\((?!\()/.test(command);
