import { SeededRandom } from './random';

/**
 * Q(s,c;θ), the paper's parametric value: inputs → tanh(hidden) → one logit; Q is its logistic function. The output
 * layer begins at zero, so that an untrained network calls all cases equal.
 */
export class QNetwork {
  readonly inputs: number;
  readonly hidden: number;
  /** Of each hidden unit its weights (inputs) and bias, one unit after the other; then the output's weights and bias. */
  readonly parameters: Float64Array;

  constructor(inputs: number, hidden: number, seed: number) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.parameters = new Float64Array(hidden * (inputs + 1) + hidden + 1);
    const random = new SeededRandom(seed);
    // Glorot & Bengio 2010: variance 1 / inputs keeps tanh out of saturation.
    for (let i = 0; i < hidden * (inputs + 1); i++) {
      if (i % (inputs + 1) < inputs) this.parameters[i] = random.normal() / Math.sqrt(inputs);
    }
  }

  /** The probability that a run with this question and case is accepted, in (0, 1). */
  q(input: Float64Array): number {
    return logistic(this.#logit(this.#activations(input)));
  }

  /** Cross-entropy −r log Q − (1−r) log(1−Q): the paper's single-step loss. */
  loss(input: Float64Array, reward: number): number {
    const logit = this.#logit(this.#activations(input));
    return Math.max(logit, 0) - reward * logit + Math.log1p(Math.exp(-Math.abs(logit)));
  }

  /** Adds `scale` × the loss's gradient by the parameters to `into`. */
  addGradient(input: Float64Array, reward: number, scale: number, into: Float64Array): void {
    const activations = this.#activations(input);
    const error = scale * (logistic(this.#logit(activations)) - reward);
    const [width, output] = [this.inputs + 1, this.hidden * (this.inputs + 1)];
    for (const [h, activation] of activations.entries()) {
      const back = error * at(this.parameters, output + h) * (1 - activation * activation);
      for (let i = 0; i < this.inputs; i++) increase(into, h * width + i, back * at(input, i));
      increase(into, h * width + this.inputs, back);
      increase(into, output + h, error * activation);
    }
    increase(into, output + this.hidden, error);
  }

  #activations(input: Float64Array): Float64Array {
    const width = this.inputs + 1;
    const activations = new Float64Array(this.hidden);
    for (let h = 0; h < this.hidden; h++) {
      let sum = at(this.parameters, h * width + this.inputs);
      for (let i = 0; i < this.inputs; i++) sum += at(this.parameters, h * width + i) * at(input, i);
      activations[h] = Math.tanh(sum);
    }
    return activations;
  }

  #logit(activations: Float64Array): number {
    const output = this.hidden * (this.inputs + 1);
    let logit = at(this.parameters, output + this.hidden);
    for (const [h, activation] of activations.entries())
      logit += at(this.parameters, output + h) * activation;
    return logit;
  }
}

/** Adam (Kingma & Ba 2015, algorithm 1). */
export class Adam {
  readonly #rate: number;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #steps = 0;

  constructor(parameters: number, rate: number) {
    this.#rate = rate;
    this.#first = new Float64Array(parameters);
    this.#second = new Float64Array(parameters);
  }

  /** Moves the parameters against the gradient, in place. */
  step(parameters: Float64Array, gradient: Float64Array): void {
    const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
    this.#steps++;
    const [unbias1, unbias2] = [1 - beta1 ** this.#steps, 1 - beta2 ** this.#steps];
    for (let i = 0; i < parameters.length; i++) {
      const slope = at(gradient, i);
      const first = (this.#first[i] = beta1 * at(this.#first, i) + (1 - beta1) * slope);
      const second = (this.#second[i] = beta2 * at(this.#second, i) + (1 - beta2) * slope * slope);
      parameters[i] =
        at(parameters, i) - (this.#rate * (first / unbias1)) / (Math.sqrt(second / unbias2) + epsilon);
    }
  }
}

const at = (values: Float64Array, i: number): number => values[i] ?? 0;
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function increase(values: Float64Array, i: number, by: number): void {
  values[i] = at(values, i) + by;
}
