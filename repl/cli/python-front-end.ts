import { scriptFrontEnd } from './script-front-end.ts';
import { print } from '../render/print.ts';
import { prompted, type Step, stepsOf } from '../python/steps.ts';
import { transcriptOf } from '../python/transcript.ts';
import type { FrontEnd } from './run-session.ts';
import type { StandardOutput } from './standard-output.ts';

/** A file of Python. */
export interface PythonFile {
  readonly name: string;
  readonly text: string;
  /** Whether its translation is printed as a transcript and not run. */
  readonly asTranscript: boolean;
}

/** Shows the TypeScript of each statement of a Python session and runs it. If one is refused, none runs. */
export function pythonFrontEnd({ name, text, asTranscript }: PythonFile, output: StandardOutput): FrontEnd {
  const { greet } = scriptFrontEnd({ name, pieces: [] }, output);
  return {
    greet,
    async run(opened, settings) {
      const python = await opened.python();
      const translations = python.translate(text);
      const steps = stepsOf(translations);
      const refused = steps.filter(step => step.kind === 'refused');
      for (const { error } of refused) print({ kind: 'error', error }, output);
      if (refused.length > 0) return 1;
      if (asTranscript) {
        output.answers.write(transcriptOf(translations, name));
        return 0;
      }
      return scriptFrontEnd({ name: undefined, pieces: shown(steps, output) }, output).run(opened, settings);
    },
  };
}

/** The statements, each shown before it runs. */
function* shown(steps: readonly Step[], { answers }: StandardOutput): Generator<string> {
  for (const step of steps) {
    if (step.kind === 'note') answers.write(`// ${step.text}`);
    if (step.kind !== 'statement') continue;
    answers.write(prompted(step.text));
    yield `${step.text}\n`;
  }
}
