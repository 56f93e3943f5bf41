/** Text that others wrote, where it would be rendered as Markdown. */

/** So that the text is shown as it is: no emphasis, no link, no image that a request would leave for. One line. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[!-/:-@[-`{-~]/g, (character) => ENTITIES[character] ?? `\\${character}`);

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/**
 * Markdown as it was written but for what makes a preview fetch something: images become text, HTML is shown. A
 * backslash would not do for `<`, as one before it could undo it.
 */
export const withoutImages = (markdown: string): string =>
  markdown.replace(/!\[/g, '!\\[').replace(/<(?=[A-Za-z/!?])/g, '&lt;');

/** Words in which VS Code finds no link where it looks for `[words](address)` in plain text: notifications and prompts. */
export const withoutLinks = (text: string): string => text.replaceAll('](', '] (');

/** As HTML text, and inside an attribute in quotes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
