import { isCode } from '../input/split-statements.ts';
import { isPython } from '../python/detect.ts';
import { prompted, type PythonOfShell, stepsOf } from '../python/steps.ts';

/** What a prompt does with the statements of a text of Python. */
interface Prompt {
  readonly show: (text: string) => void;
  readonly refuse: (error: unknown) => void;
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
 * @returns what was not run: all from a refused statement on, or what follows one that failed
 */
export async function runPython(python: PythonOfShell, text: string, prompt: Prompt): Promise<string> {
  const translations = python.translate(text);
  const from = (line: number | undefined): string =>
    line === undefined
      ? ''
      : text
          .split('\n')
          .slice(line - 1)
          .join('\n');
  for (const [index, translation] of translations.entries()) {
    for (const step of stepsOf([translation])) {
      if (step.kind === 'refused') {
        prompt.refuse(step.error);
        return from(translation.line);
      }
      prompt.show(step.kind === 'note' ? `// ${step.text}` : prompted(step.text));
      if (step.kind === 'statement' && !(await prompt.run(step.text)))
        return from(translations[index + 1]?.line);
    }
  }
  return '';
}
