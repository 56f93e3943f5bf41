/** Long work on a thread that has other things to do: after so many milliseconds it lets them have their turn. */
const TURN_MS = 4;

/** A function to be awaited between steps of the work; it rests only when a turn is over. */
export function pace(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < TURN_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  };
}
