/** What is used of WebAssembly, which neither the library of ECMAScript nor Node's types declare. */
declare namespace WebAssembly {
  class Module {
    /** Throws CompileError. */
    constructor(bytes: Uint8Array);
  }
  class Instance {
    /** Throws RangeError where there is no memory for it. */
    constructor(module: Module);
    readonly exports: object;
  }
  function validate(bytes: Uint8Array): boolean;
}
