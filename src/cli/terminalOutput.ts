/** Output for a terminal: what a page, a file or a model wrote must not act on it. */

/** What `styleText` writes (SGR, ECMA-48 8.3.117), of the styles used here. */
const STYLE = /^\u001b\[(?:[012]|22|3[0-79]|39|90)m$/;
/** Styles, and controls without tab and line feed, of which a terminal obeys more than can be listed. */
const ACTS = /\u001b\[\d{1,2}m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** The text with our own styles and without controls; what a control would have introduced stays to be seen. */
export const terminalOutput = (text: string): string =>
  text.replace(/\r\n/g, '\n').replace(ACTS, (control) => (STYLE.test(control) ? control : ''));
