/** A `%` that begins no escape means itself: people type passwords into URLs as they are. */
export const escapedPercent = (text: string): string => text.replace(/%(?![\da-f]{2})/gi, '%25');

/** The `Authorization` header for a URL's user name and password (RFC 7617), undefined with neither. */
export function basicLogin({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const text = [username, password].map((part) => decodeURIComponent(escapedPercent(part))).join(':');
  return `Basic ${Buffer.from(text).toString('base64')}`;
}
