/** Names of the codicons in use; the font has them all, the list catches a slip of the pen. */
export type IconName =
  | 'add'
  | 'arrow-down'
  | 'beaker'
  | 'book'
  | 'check'
  | 'checklist'
  | 'chevron-right'
  | 'circle-large-outline'
  | 'circle-slash'
  | 'close'
  | 'comment'
  | 'copy'
  | 'debug-disconnect'
  | 'debug-stop'
  | 'device-camera'
  | 'device-camera-video'
  | 'error'
  | 'eye-closed'
  | 'file-code'
  | 'files'
  | 'globe'
  | 'history'
  | 'info'
  | 'lightbulb'
  | 'link-external'
  | 'loading'
  | 'mortar-board'
  | 'output'
  | 'pass'
  | 'pass-filled'
  | 'pinned'
  | 'plug'
  | 'refresh'
  | 'search'
  | 'send'
  | 'shield'
  | 'symbol-numeric'
  | 'terminal'
  | 'thumbsdown'
  | 'thumbsdown-filled'
  | 'thumbsup'
  | 'thumbsup-filled'
  | 'tools'
  | 'go-to-file'
  | 'unmute'
  | 'unverified'
  | 'verified'
  | 'warning'
  | 'watch';

export type IconTone = 'good' | 'bad' | 'attention' | 'busy' | 'neutral' | 'quiet';

/** An icon never stands for words: what it says is also written next to it. */
export function Icon({ name, tone }: { readonly name: IconName; readonly tone?: IconTone }) {
  const spin = name === 'loading' ? ' codicon-modifier-spin' : '';
  return <span class={`codicon codicon-${name}${spin}${tone ? ` tone-${tone}` : ''}`} aria-hidden="true" />;
}
