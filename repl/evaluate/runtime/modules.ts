/** @param load imports a module */
export function createModules(load: (specifier: string) => Promise<unknown>) {
  return {
    import: load,
    /** @throws SyntaxError if the module has no such export, as for an import in a file */
    exported(module: object, name: string, from: string): unknown {
      if (name in module) return (module as Record<string, unknown>)[name];
      throw new SyntaxError(`The requested module '${from}' does not provide an export named '${name}'`);
    },
  };
}
