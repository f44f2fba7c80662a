/** Imports a module, as `import()` does; `options` are its attributes, as in `{ with: { type: 'json' } }`. */
export type Load = (specifier: string, options?: ImportCallOptions) => Promise<unknown>;

/** @param load imports a module for `import` in typed code */
export function createModules(load: Load) {
  return {
    import: load,
    /** @throws SyntaxError if the module has no such export, as for an import in a file */
    exported(module: object, name: string, from: string): unknown {
      if (name in module) return (module as Record<string, unknown>)[name];
      throw new SyntaxError(`The requested module '${from}' does not provide an export named '${name}'`);
    },
  };
}
