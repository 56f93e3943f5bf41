/** Where a table for windows-1252 is that of ISO 8859-1, the characters of 0x80 to 0x9f. */
const C1 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/**
 * TextDecoder by the tables of the Encoding Standard (https://encoding.spec.whatwg.org/#index-windows-1252): some versions
 * of Node decode windows-1252, and so what is called `latin1` or `ascii` on the web, as ISO 8859-1.
 */
export class WebTextDecoder extends TextDecoder {
  override decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string {
    const text = super.decode(bytes, options);
    if (this.encoding !== 'windows-1252') return text;
    return text.replace(/[\x80-\x9f]/g, (c) => C1[c.charCodeAt(0) - 0x80] ?? c);
  }
}
