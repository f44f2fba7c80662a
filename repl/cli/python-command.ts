import { text } from '../answer/show-as.ts';
import type { Command } from '../commands/command.ts';
import { MikroscopeError, type Session } from '../../src/index.ts';
import type { PythonOfShell } from '../python/steps.ts';

/** The command `.python`: the translation of what was pasted last, or of a statement that is given. */
export function pythonCommand(python: () => Promise<PythonOfShell>): Command {
  return {
    name: 'python',
    form: 'dotted',
    group: 'Shell',
    summary:
      'Show the TypeScript of a statement of Python, or of the Python that was pasted last. Nothing runs.',
    usage: ".python User.query.filter_by(username='Corey')",
    example: [
      '> .python User.query.filter_by(username="Corey").first()',
      "User.query.filterBy({ username: 'Corey' }).first()",
    ],
    run: async ([given]) => {
      const { shownAs } = await import('../python/shown.ts');
      const of = await python();
      const translations = given === undefined ? of.last : of.preview(given as string);
      if (translations.length === 0)
        throw new MikroscopeError(
          'NotFound',
          'No Python has been pasted yet',
          'Write .python and a statement of it.',
        );
      return text(shownAs(translations, given === undefined));
    },
  };
}

/** The Python of a shell, whose parser is loaded when it is wanted. */
export function lazyPython(session: () => Session): () => Promise<PythonOfShell> {
  let python: Promise<PythonOfShell> | undefined;
  return () =>
    (python ??= import('../python/steps.ts').then(({ PythonOfShell: Python }) => new Python(session)));
}
