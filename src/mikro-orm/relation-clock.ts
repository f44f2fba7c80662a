let time = 0;

/** Called when a relation is assigned that tells so, a list gets an object, or an object is staged or tracked again. */
export function tick(): void {
  time++;
}

/** As long as it is the same, nothing of the kind has happened, in any session. */
export function relationTime(): number {
  return time;
}
