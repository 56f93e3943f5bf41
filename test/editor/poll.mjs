/**
 * Asks again every 50 ms until the answer is truthy.
 * @template T
 * @param {() => T | Promise<T>} ask
 * @param {string} what  completes "Waited in vain for …"
 * @param {number} timeoutMs
 * @returns {Promise<NonNullable<T>>}
 */
export async function poll(ask, what, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what} (${timeoutMs} ms)`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
