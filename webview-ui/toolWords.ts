/** How a tool call reads in one line. */
import type { IconName } from './views/Icon';

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

const MAX_SUMMARY = 200;

export const toolIcon = (tool: string): IconName =>
  ICONS[tool] ?? (tool.startsWith('mcp__') ? 'plug' : 'tools');

/** The values of the arguments in a line: `7.5 m draught`, `notes/a.md 3-20`. A yes or no says nothing by itself. */
export function summarise(args: unknown): string {
  if (typeof args !== 'object' || args === null) return inWords(args);
  const line = Object.entries(args)
    .filter(([, value]) => typeof value !== 'boolean')
    .map(([name, value]) => `${name === 'endLine' ? '-' : ' '}${inWords(value)}`)
    .join('');
  return line.replace(/\s+/g, ' ').trim().slice(0, MAX_SUMMARY);
}

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

function inWords(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
