/** What the model is told where a person does not allow something: what that is, what they said of it, and what to do now. */
export const denial = (what: string, reason: string | null, advice = 'Do not try it again.'): string =>
  `${what}${reason ? ` They said: “${reason}”.` : ''} ${advice}`;
