/** The words of a line of text. */
export const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

export const none: ReadonlySet<string> = new Set();
