import { codePointName, HIDDEN } from '../../src/core/common/exactText';

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
