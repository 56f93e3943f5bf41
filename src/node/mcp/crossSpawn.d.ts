/** node's `spawn`, finding and quoting what Windows needs for `npx` and other scripts; the MCP SDK's own choice. */
declare module 'cross-spawn' {
  export { spawn as default } from 'node:child_process';
}
