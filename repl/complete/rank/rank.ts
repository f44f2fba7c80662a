import type { Candidate, Found } from '../context.ts';
import { matches, matchOf } from './match.ts';

/** How many candidates are worth looking through. */
const maxCandidates = 1000;

/** Beyond this distance is what many others have, too. */
const far = 8;

/** Those of the found candidates that match what is typed: the best match first, then the nearest; each text once. */
export function rank(found: Iterable<Found>, typed: string): Candidate[] {
  const matching: { readonly candidate: Found; readonly match: number; readonly distance: number }[] = [];
  for (const candidate of found) {
    const match = matchOf(candidate.text, typed);
    if (match === undefined) continue;
    const { distance } = candidate;
    // A guess at what is far away is none, and of what is wanted there the case does not matter.
    if (match === matches.letters && distance >= far) continue;
    const isWanted = match === matches.prefix && distance < 0;
    matching.push({ candidate, match: isWanted ? matches.exactPrefix : match, distance });
  }
  // Letters in the right order are a guess, which nobody needs who finds what begins with them.
  const isFound = matching.some(({ match }) => match <= matches.prefix);
  matching.sort((a, b) => a.match - b.match || a.distance - b.distance);
  const byText = new Map<string, Candidate>();
  for (const { candidate, match } of matching) {
    if (byText.size === maxCandidates || (isFound && match === matches.letters)) break;
    if (byText.has(candidate.text)) continue;
    const { text, kind, type, detail } = candidate;
    byText.set(text, {
      text,
      kind,
      ...(type !== undefined && { type }),
      ...(detail !== undefined && { detail }),
    });
  }
  return [...byText.values()];
}
