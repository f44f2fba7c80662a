import { globals } from './language.ts';
import type { Scope } from './scope.ts';

/** The prompt's names, beyond plain reads and assignments. */
export function createNames(scope: Scope) {
  return {
    /** For `typeof`: undefined for a name that is bound nowhere. */
    peek: (name: string): unknown => (name in globals || scope.has(name) ? scope.bindings[name] : undefined),
    /** For `var`: a name that is bound already keeps its value. */
    declare(name: string): void {
      if (!scope.has(name) && !(name in globals)) scope.bindings[name] = undefined;
    },
    constant: (name: string): void => scope.fix(name),
  };
}
