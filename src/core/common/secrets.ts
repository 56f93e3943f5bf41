/**
 * Keys and passwords that this program was given, and texts without them. Servers repeat what they are sent, plain or
 * encoded, in errors, addresses and replies. What is written, shown or sent to a model passes here first.
 */

/** Shorter ones are words such as `true`, which would take letters out of everything. Characters. */
const SHORTEST = 8;

const HIDDEN = '[key]';

export class Secrets {
  readonly #forms = new Set<string>();
  #pattern: RegExp | undefined;
  #longest = 0;

  constructor(values: Iterable<string | undefined> = []) {
    for (const value of values) this.add(value);
  }

  /** From now on it is hidden. Empty and short values count for nothing. */
  add(value: string | undefined): void {
    if (value === undefined || value.length < SHORTEST) return;
    for (const form of formsOf(value)) this.#forms.add(form.toLowerCase());
    const longestFirst = [...this.#forms].sort((a, b) => b.length - a.length);
    this.#longest = longestFirst[0]?.length ?? 0;
    this.#pattern = new RegExp(longestFirst.map(escaped).join('|'), 'gi');
  }

  /** The user name and the password that a URL carries, as a server and a browser may write them. */
  addLoginOf(url: URL | undefined): void {
    if (!url) return;
    const [user, password] = [url.username, url.password].map(decoded);
    this.add(password);
    // As `Basic` authentication encodes the two (RFC 7617), however short each of them is.
    if (password) this.add(`${user}:${password}`);
  }

  hide(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, HIDDEN) : text;
  }

  /** The same value where there is nothing to hide in it, else a copy. It must be one that `structuredClone` takes. */
  hideIn<T>(value: T): T {
    if (!this.#pattern || !this.#stands(value)) return value;
    if (typeof value !== 'object' || value === null) return this.#inBox({ value }).value;
    return this.#inBox(value);
  }

  /** For a text that comes in pieces, as a secret may lie across two of them. */
  stream(emit: (text: string) => void): SecretStream {
    let kept = '';
    return {
      write: (piece) => {
        const text = this.hide(kept + piece);
        const length = this.#begun(text);
        kept = text.slice(text.length - length);
        if (length < text.length) emit(text.slice(0, text.length - length));
      },
      end: () => {
        if (kept !== '') emit(kept);
        kept = '';
      },
    };
  }

  #inBox<T extends object>(box: T): T {
    const copy = structuredClone(box);
    this.#hideStringsOf(copy);
    return copy;
  }

  #stands(value: unknown): boolean {
    if (typeof value === 'string') return this.hide(value) !== value;
    if (!isRecord(value)) return false;
    return Object.entries(value).some(([key, each]) => this.#stands(key) || this.#stands(each));
  }

  #hideStringsOf(object: object): void {
    for (const [key, value] of Object.entries(object)) {
      const name = this.hide(key);
      if (name !== key) Reflect.deleteProperty(object, key);
      Reflect.set(object, name, typeof value === 'string' ? this.hide(value) : value);
      if (isRecord(value)) this.#hideStringsOf(value);
    }
  }

  /** How many characters at the end of a text may be the beginning of a secret. */
  #begun(text: string): number {
    const end = text.slice(-this.#longest).toLowerCase();
    for (let length = end.length; length > 0; length--) {
      const last = end.slice(-length);
      for (const form of this.#forms) if (form.startsWith(last)) return length;
    }
    return 0;
  }
}

export interface SecretStream {
  write(piece: string): void;
  /** What was kept back, as nothing follows it. */
  end(): void;
}

/** As it is, and as it looks in an address, in JSON, in HTML and inside Base64. */
function formsOf(secret: string): readonly string[] {
  const inAddress = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, ''));
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    secret,
    inAddress,
    inAddress.replaceAll('%20', '+'),
    JSON.stringify(secret).slice(1, -1),
    html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    html.replaceAll('"', '&#34;').replaceAll("'", '&#x27;'),
    ...base64Forms(secret),
  ];
}

/**
 * What of it is in every Base64 text of something that holds it, wherever it begins (RFC 4648, 4 and 5): three bytes
 * make four characters, so there are three ways to lie, and the first and last characters belong to its neighbours too.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  return [0, 1, 2].flatMap((shift) => {
    const shifted = new Uint8Array(shift + bytes.length);
    shifted.set(bytes, shift);
    const whole = btoa(String.fromCharCode(...shifted));
    const from = Math.ceil((shift * 8) / 6);
    const to = Math.floor((shifted.length * 8) / 6);
    const sure = whole.slice(from, to);
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Not the bytes of an image. */
const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
