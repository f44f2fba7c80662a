import type { Problem } from '../../transcript/transcript.ts';
import type { Lesson, Part, Question, Task } from '../lesson.ts';

/**
 * A lesson with the prose of its translation, whose blocks are empty: what is typed stays the original's.
 *
 * @param original with everything
 * @param translation with prose, hints and choices, and the same steps in the same order
 */
export function translate(original: Lesson, translation: Lesson): Lesson {
  const problems = [...translation.problems, ...problemsOf(original, translation)];
  if (problems.length > 0) return { ...original, path: translation.path, problems };
  const steps = new Map(original.parts.flatMap(part => ('id' in part ? [[part.id, part] as const] : [])));
  const setups = original.parts.filter(({ kind }) => kind === 'setup');
  const parts = translation.parts.map(part => {
    if (part.kind === 'prose') return part;
    if (part.kind === 'setup') return setups.shift() ?? part;
    return withProse(steps.get(part.id) ?? part, part);
  });
  return { ...original, title: translation.title, parts };
}

function withProse(original: Part, translated: Part): Part {
  if (original.kind === 'question') return { ...original, choices: (translated as Question).choices };
  if (original.kind === 'task') return { ...original, hints: (translated as Task).hints };
  return original;
}

function problemsOf(original: Lesson, translation: Lesson): Problem[] {
  const [wanted, found] = [original, translation].map(({ parts }) =>
    parts.filter(({ kind }) => kind !== 'prose'),
  ) as [Exclude<Part, { kind: 'prose' }>[], Exclude<Part, { kind: 'prose' }>[]];
  const typed = found.find(part => 'block' in part && part.block.steps.length > 0);
  if (typed)
    return [{ line: typed.line, message: 'A translation has no statements: leave this block empty.' }];
  const index = wanted.findIndex((part, at) => nameOf(part) !== nameOf(found[at]));
  const [one, other] = [wanted[index], found[index]];
  if (one)
    return [
      {
        line: other?.line ?? translation.parts.at(-1)?.line ?? 1,
        message: `The original has ${nameOf(one)} here, and the translation ${nameOf(other)}.`,
      },
    ];
  const more = found[wanted.length];
  if (more) return [{ line: more.line, message: `The original has no ${nameOf(more)}.` }];
  return wanted.flatMap((part, at) => differences(part, found[at] ?? part));
}

/** What has to be the same of a step. */
function differences(original: Part, translated: Part): Problem[] {
  if (original.kind === 'task' && translated.kind === 'task')
    return original.hints.length === translated.hints.length
      ? []
      : [
          {
            line: translated.line,
            message: `#${original.id} has ${original.hints.length} hints in the original.`,
          },
        ];
  if (original.kind !== 'question' || translated.kind !== 'question') return [];
  const right = ({ choices }: Question) => choices.map(({ isRight }) => (isRight ? 'x' : ' ')).join('');
  return right(original) === right(translated)
    ? []
    : [{ line: translated.line, message: 'The original has other choices here, or another one is right.' }];
}

function nameOf(part: Part | undefined): string {
  if (!part) return 'nothing';
  return part.kind === 'setup' ? 'a hidden block' : `the ${part.kind} ${'id' in part ? `#${part.id}` : ''}`;
}
