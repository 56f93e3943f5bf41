/** Text that a person must see byte for byte before they allow it. */

/** Characters that nobody can see or that reorder what is seen: controls, bidirectional marks, zero widths. */
export const HIDDEN =
  /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]|\udb40[\udc00-\udfff])/;

/** `U+202E` */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** With what is hidden spelled out, as `<U+001B>`: for a terminal, which would act on it. */
export const exactText = (text: string): string =>
  text.replace(new RegExp(HIDDEN, 'g'), (character) => `<${codePointName(character)}>`);
