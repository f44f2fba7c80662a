import { SyntaxError } from './language.ts';
import { isPromise } from './values.ts';

/** Where `eval` is called. */
export interface EvalPlace {
  /** What the names that the compiler makes up begin with there. */
  readonly prefix: string;
  /** The names that the typed code declares around the call. */
  readonly names: readonly string[];
  /** Whether `this` there has to be asked for. */
  readonly isCaptured: boolean;
  /** Whether it is outside of functions: what is declared with `var` or as a function there is the prompt's. */
  readonly isPrompt: boolean;
}

/** JavaScript for `eval`, or what is wrong with the text. */
type EvalCode =
  | { readonly kind: 'compiled'; readonly code: string }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid'; readonly error: { readonly message: string } };

/** Compiles what `eval` is given. */
export type CompileForEval = (text: string, place: EvalPlace, waits: boolean) => EvalCode;

/** A call of `eval`, which JavaScript then makes itself, so that the code sees the names around it. */
export function createEvals(compile: CompileForEval, waits: boolean) {
  return {
    /** @returns JavaScript for `eval`; what is no text as it is. @throws SyntaxError */
    toEvaluate(
      text: unknown,
      prefix: string,
      names: readonly string[],
      isCaptured: boolean,
      isPrompt: boolean,
    ): unknown {
      if (typeof text !== 'string') return { value: text };
      const compiled = compile(text, { prefix, names, isCaptured, isPrompt }, waits);
      if (compiled.kind === 'invalid') throw new SyntaxError(compiled.error.message);
      if (compiled.kind === 'incomplete') throw new SyntaxError('Unexpected end of input');
      return compiled.code;
    },
    /** @param result what `eval` gave: that of a line, or what was no text */
    evaluated(result: Result | Promise<Result>): unknown {
      return isPromise(result) ? valueOfLater(result) : valueOf(result);
    },
  };
}

type Result = { readonly value: unknown } | undefined;

/** Waits without a look at what a line may have overwritten of promises. */
async function valueOfLater(result: Promise<Result>): Promise<unknown> {
  return valueOf(await result);
}

function valueOf(result: Result): unknown {
  return result?.value;
}
