import type { IconName, IconTone } from '../iconNames';

export type { IconName, IconTone } from '../iconNames';

/** An icon never stands for words: what it says is also written next to it. */
export function Icon({ name, tone }: { readonly name: IconName; readonly tone?: IconTone }) {
  const spin = name === 'loading' ? ' codicon-modifier-spin' : '';
  return <span class={`codicon codicon-${name}${spin}${tone ? ` tone-${tone}` : ''}`} aria-hidden="true" />;
}
