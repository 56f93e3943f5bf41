/** Characters that a person cannot see or that reorder what they see: controls, bidirectional marks, zero widths. */
const HIDDEN =
  /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]|\udb40[\udc00-\udfff])/;

/** True for a text that does not look like what it is. */
export const hidesCharacters = (text: string): boolean => HIDDEN.test(text);

/** Text as it is, byte for byte, with what would be invisible spelled out. */
export function ExactText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <pre class="exact" tabIndex={0} aria-label={label} dir="ltr">
      {text
        .split(HIDDEN)
        .map((part, index) => (index % 2 === 0 ? part : <mark key={index}>{codePoint(part)}</mark>))}
    </pre>
  );
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
