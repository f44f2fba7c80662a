import type { Transcript } from './transcript.ts';

/** 24 days: a timer that is set for a little more ends at once. */
export const longestTimeoutMs = 24 * 86_400_000;

/** How long a file may take on a database, unless something else is asked for. */
const defaultFileTimeoutMs = 600_000;

/**
 * How long a file may take on a database as a whole, so that many steps that each stay within their time end, too.
 *
 * @param asked what is asked for where the file does not say it; by default ten minutes, or twice what a step of it may take,
 * if that is more
 */
export function fileTimeoutOf(
  { fileTimeoutMs, blocks }: Pick<Transcript, 'fileTimeoutMs' | 'blocks'>,
  asked?: number,
): number {
  const longest = Math.max(0, ...blocks.map(({ timeoutMs = 0 }) => timeoutMs));
  return fileTimeoutMs ?? asked ?? Math.min(Math.max(defaultFileTimeoutMs, 2 * longest), longestTimeoutMs);
}
