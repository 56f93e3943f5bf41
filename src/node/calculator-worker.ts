/** The calculator's thread, so that an expression that takes for ever can be ended. Its entry point is built on its own. */
import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { messageOf } from '../core/common/result';
import { evaluateExpression } from './mathExpression';

export interface CalculatorFunctions {
  /** Never rejects: what is wrong with the expression comes as `error`. */
  evaluate(expression: string): { readonly value: string } | { readonly error: string };
}

const port = parentPort;
if (port === null) throw new Error('calculator-worker is the entry of a worker thread.');

const functions: CalculatorFunctions = {
  evaluate(expression) {
    try {
      return { value: evaluateExpression(expression) };
    } catch (error) {
      return { error: messageOf(error) };
    }
  },
};

createBirpc<Record<string, never>, CalculatorFunctions>(functions, {
  post: (message: unknown) => port.postMessage(message),
  on: (listener) => port.on('message', listener),
});
