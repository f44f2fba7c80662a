import type { Typing } from '../analyze/typing.ts';
import type { Found } from '../context.ts';
import type { Typer } from '../infer/typer.ts';

/** Finds candidates of one sort, those first that are meant most likely. What does not match is dropped later. */
export type CompletionSource = (typing: Typing, typer: Typer, typed: string) => Iterable<Found>;
