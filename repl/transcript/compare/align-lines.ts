import { standsFor } from '../parse/read-expectation.ts';
import { anyLines, type Bindings } from '../parse/pattern.ts';
import { align, type Edit } from './align.ts';

/** Aligns written lines, which may have wildcards, with printed ones. */
export function alignLines(
  written: readonly string[],
  printed: readonly string[],
  bindings: Bindings,
): Edit<string, string>[] {
  return align(written, printed, {
    matches: (line, actual) => standsFor(line, actual, bindings),
    isAny: line => line.trim() === anyLines,
    weight: () => 1,
  });
}
