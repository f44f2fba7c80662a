import type { Session } from '../../../src/index.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import type { InFreshShell } from '../../lesson/run/check-lesson.ts';
import type { DatabaseName } from '../../transcript/transcript.ts';
import type { FreshDatabases } from '../check/fresh-databases.ts';
import { openTranscriptShell } from '../check/open-transcript-shell.ts';
import { unwatchedMs } from '../../lesson/run/type-in.ts';
import { stopAtStandstill } from './standstill.ts';

/** Opens sessions on a URL. */
export type Open = (url: string) => Promise<Session>;

/** What the lessons of a place are about: the demo, or a project. */
export interface Subject {
  readonly open: Open;
  /** The kind of database that it has. */
  readonly ownDatabase: () => Promise<DatabaseName>;
}

/** Shells for a lesson, each on a database of its own that is dropped afterwards. */
export function freshShells(
  { transcript }: Lesson,
  database: DatabaseName,
  databases: FreshDatabases,
  open: Open,
): InFreshShell {
  const stop = stopAtStandstill(unwatchedMs);
  return async work => {
    const { url, drop } = await databases.create(database);
    // Likely not the last one.
    databases.prepare(database);
    try {
      const shell = await openTranscriptShell(transcript, database, () => open(url), stop);
      try {
        return await work(shell);
      } finally {
        await shell.close();
      }
    } finally {
      void drop();
    }
  };
}
