import type { RecordedStep } from '../transcript/record/mask-secrets.ts';
import type { Recording } from '../transcript/record/recording.ts';
import { isDatabaseName } from '../transcript/transcript.ts';
import type { Shell } from '../shell.ts';

/** What was typed in a session, and since when. */
export interface TypedSession {
  /** As the user named the file. */
  readonly path: string;
  readonly steps: readonly RecordedStep[];
  /** The values that hidden properties have had so far. */
  readonly secrets: ReadonlySet<string>;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
}

/** What was typed so far, as a recording. */
export function recordingOf(
  { path, steps, secrets, startedAt }: TypedSession,
  { session }: Shell,
): Recording {
  const { dialect } = session.database;
  return {
    path,
    database: isDatabaseName(dialect) ? dialect : 'sqlite',
    steps,
    hidden: { ...session.hidden, values: secrets },
    period: [startedAt, Date.now()],
  };
}
