import { isStop, type Lesson, type Part, type Stop } from '../lesson.ts';
import type { Said } from './said.ts';

/**
 * What the learner reads before a step.
 *
 * @param stops the steps that are played
 * @param stop undefined for the end of the lesson
 */
export function present(lesson: Lesson, stops: readonly Stop[], stop: Stop | undefined): Said[] {
  const index = stop ? stops.indexOf(stop) : stops.length;
  const parts = partsBetween(lesson, stops[index - 1]?.id, stop?.id);
  return [
    { kind: 'progress', done: index, total: stops.length },
    ...parts.flatMap(part => (part.kind === 'prose' ? [{ kind: part.kind, markdown: part.markdown }] : [])),
    ...(stop?.kind === 'question'
      ? [{ kind: 'choices' as const, choices: stop.choices.map(({ text }) => text) }]
      : []),
    ...(stop ? [] : [note('That was the lesson. The prompt is yours; `.quit` leaves.')]),
  ];
}

/** The parts between two steps; undefined for the beginning and the end. */
export function partsBetween(
  { parts }: Lesson,
  after: string | undefined,
  before: string | undefined,
): readonly Part[] {
  const indexOf = (id: string) => parts.findIndex(part => isStop(part) && part.id === id);
  return parts.slice(
    after === undefined ? 0 : indexOf(after) + 1,
    before === undefined ? parts.length : indexOf(before),
  );
}

/** A remark of the lesson itself. */
export function note(markdown: string): Said {
  return { kind: 'note', markdown };
}
