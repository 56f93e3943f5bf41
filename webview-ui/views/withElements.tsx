import { Fragment, type ComponentChildren } from 'preact';

/** A sentence with elements at its places `{0}`, `{1}`: a translation may have them in another order. */
export const withElements = (
  sentence: string,
  ...elements: readonly ComponentChildren[]
): ComponentChildren =>
  sentence
    .split(/\{(\d)\}/)
    .map((part, index) => <Fragment key={index}>{index % 2 === 0 ? part : elements[Number(part)]}</Fragment>);
