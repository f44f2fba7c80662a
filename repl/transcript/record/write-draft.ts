import { draftsOf } from './draft.ts';
import type { Recording } from './recording.ts';
import { writeRecording } from './write-recording.ts';

/** The transcript of a recording that is still under way, and has not been replayed. */
export function writeDraft(recording: Recording): string {
  return writeRecording(recording.path, recording.database, draftsOf(recording), false);
}
