/** Quoted data cannot close its own fence. */
export const fence = (text: string): string =>
  text.replace(/<(\s*\/?\s*)(turn|case|result|evidence|run|calls)\b/gi, '‹$1$2');
