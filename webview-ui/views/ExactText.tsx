import { codePointName, HIDDEN } from '../../src/core/common/exactText';

/** True for a text that does not look like what it is. */
export const hidesCharacters = (text: string): boolean => HIDDEN.test(text);

/** Text as it is, byte for byte, with what would be invisible spelled out. */
export function ExactText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <pre class="exact" tabIndex={0} aria-label={label} dir="ltr">
      {text
        .split(HIDDEN)
        .map((part, index) => (index % 2 === 0 ? part : <mark key={index}>{codePointName(part)}</mark>))}
    </pre>
  );
}
