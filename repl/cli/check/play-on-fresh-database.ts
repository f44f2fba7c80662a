import type { FileOutcome, StepOutcome } from '../../transcript/outcome.ts';
import { errorMessage } from '../error-message.ts';
import type { FreshDatabases } from './fresh-databases.ts';
import type { PlayerProcess } from './player-process.ts';
import type { Job } from './player.ts';

/**
 * Plays a transcript on a fresh database, which is dropped while others are played.
 *
 * @param onStep called with each outcome as it comes
 * @returns its outcome; one with an error if there is no database, or it cannot be played
 */
export async function playOnFreshDatabase(
  job: Omit<Job, 'url'>,
  player: PlayerProcess,
  databases: FreshDatabases,
  onStep?: (outcome: StepOutcome) => void,
): Promise<FileOutcome> {
  try {
    const { url, drop } = await databases.create(job.database);
    try {
      return await player.play({ ...job, url }, onStep);
    } finally {
      void drop();
    }
  } catch (error) {
    return { database: job.database, steps: [], error: errorMessage(error, job.debug), milliseconds: 0 };
  }
}
