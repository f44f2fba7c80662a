import { withoutBlankEnd } from '../parse/read-expectation.ts';

/** Removes the frames of a stack, which are never compared. */
export function withoutStack(lines: readonly string[]): string[] {
  return withoutBlankEnd(lines.filter(line => !stackFrame.test(line)));
}

/** The properties that an error has of its own may open, with ` {`, at the end of the last frame. */
const stackFrame =
  /^\s+at (?:.*(?::\d+:\d+\)?|\((?:<anonymous>|native|index \d+)\))|<anonymous>)(?: \{)?\s*$/;
