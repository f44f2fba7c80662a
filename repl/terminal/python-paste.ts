import type { Answer } from '../answer/answer.ts';
import { isCode } from '../input/split-statements.ts';
import { isPython } from '../python/detect.ts';
import { prompted, type PythonOfShell, stepsOf } from '../python/steps.ts';

/** What a prompt does with the statements of a text of Python. */
interface Prompt {
  readonly answer: (answer: Answer) => void;
  /** @returns whether to go on */
  readonly run: (statement: string) => Promise<boolean>;
}

/** Whether a text is Python and not TypeScript. */
export function isPythonText(text: string): boolean {
  return isPython(text, isCode);
}

/**
 * Shows the TypeScript of each statement and runs it.
 *
 * @returns the lines that were not run: all from a refused statement on, or what follows one that failed
 */
export async function runPython(
  python: PythonOfShell,
  text: string,
  prompt: Prompt,
): Promise<readonly string[]> {
  const translations = python.translate(text);
  const from = (line: number | undefined): readonly string[] =>
    line === undefined ? [] : text.split('\n').slice(line - 1);
  for (const [index, translation] of translations.entries()) {
    for (const step of stepsOf([translation])) {
      if (step.kind === 'refused') {
        prompt.answer({ kind: 'error', error: step.error });
        return from(translation.line);
      }
      prompt.answer({ kind: 'text', text: step.kind === 'note' ? `// ${step.text}` : prompted(step.text) });
      if (step.kind === 'statement' && !(await prompt.run(step.text)))
        return from(translations[index + 1]?.line);
    }
  }
  return [];
}
