import { MikroscopeError, openSession } from '../../../src/index.ts';
import { FreshDatabases } from '../../../repl/cli/check/fresh-databases.ts';
import { openLesson } from '../../../repl/cli/lesson/open-lesson.ts';
import { parseLesson } from '../../../repl/lesson/parse/parse-lesson.ts';
import type { Progress } from '../../../repl/lesson/progress.ts';
import { render } from '../../../repl/render/render.ts';
import type { Dialect } from '../../support/databases.ts';

/** A learner in a lesson, without a terminal. */
export interface Learner {
  /** Types a line, as at the prompt. @returns what the lesson says */
  readonly type: (line: string) => Promise<string>;
  /** Presses Enter at what stands at the prompt. */
  readonly enter: () => Promise<string>;
  /** Types a line. @returns what the shell answers */
  readonly answer: (line: string) => Promise<string>;
  readonly proposal: () => string;
  readonly progress: () => Progress | undefined;
  /** What the lesson has said at the beginning. */
  readonly greeting: string;
  readonly leave: () => Promise<void>;
}

/** Opens a lesson for a learner. */
export async function startLesson(
  text: string,
  progress?: Progress,
  database: Dialect = 'sqlite',
): Promise<Learner> {
  const databases = new FreshDatabases([]);
  let written: string[] = [];
  let kept = progress;
  const style = { width: 100, color: false };
  const opened = await openLesson(parseLesson('lesson.repl.md', text), {
    database,
    databases,
    open: url => openSession({ url }),
    screen: { style, write: line => void written.push(line) },
    progress,
    keep: next => (kept = next),
  }).catch(async (error: unknown) => {
    await databases.close();
    throw error instanceof MikroscopeError ? new Error(error.message) : error;
  });
  const { shell, guide } = opened;
  const said = () => {
    const all = written.join('\n');
    written = [];
    return all;
  };
  const answer = async (line: string) => {
    if (guide.takes(line)) return '';
    return render(await shell.respond(line), style) ?? '';
  };
  const type = async (line: string) => {
    await answer(line);
    await guide.goOn(line);
    return said();
  };
  await guide.begin();
  return {
    type,
    enter: () => type(guide.proposal),
    answer,
    proposal: () => guide.proposal,
    progress: () => kept,
    greeting: said(),
    async leave() {
      await opened.close();
      await databases.close();
    },
  };
}
