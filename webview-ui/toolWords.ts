/** How a tool call reads in one line. */
import { inWords } from '../src/core/agent/callSummary';
import type { IconName } from './views/Icon';

export { summarise } from '../src/core/agent/callSummary';

const ICONS: Readonly<Record<string, IconName>> = {
  search_workspace: 'search',
  list_files: 'files',
  read_file: 'go-to-file',
  web_search: 'globe',
  fetch_page: 'link-external',
  read_document: 'book',
  run_code: 'file-code',
  run_command: 'terminal',
  background_command: 'terminal',
  calculate: 'symbol-numeric',
  look_at_image: 'device-camera',
  transcribe_audio: 'unmute',
  watch_video: 'device-camera-video',
  search_papers: 'mortar-board',
};

export const toolIcon = (tool: string): IconName =>
  ICONS[tool] ?? (tool.startsWith('mcp__') ? 'plug' : 'tools');

/** A name and its value a line; text of several lines, such as code, as it is. */
export function formatArguments(args: unknown): string {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return inWords(args);
  return Object.entries(args)
    .map(([name, value]) => {
      const words = inWords(value);
      return words.includes('\n') ? `${name}:\n${words}` : `${name}: ${words}`;
    })
    .join('\n');
}
