/** What is used of WebAssembly, which neither the library of ECMAScript nor Node's types declare. */
declare namespace WebAssembly {
  /** Throws CompileError. */
  const Module: new (bytes: Uint8Array) => object;
  class Instance {
    /** Throws RangeError where there is no memory for it. */
    constructor(module: object);
    readonly exports: object;
  }
  function validate(bytes: Uint8Array): boolean;
}
