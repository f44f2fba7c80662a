/** The name that was probably meant, if one is close enough; of two that are equally close, the one written more alike. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let leastAsWritten = Infinity;
  // With as many changes as it has letters, a word becomes any other.
  let least = Math.min(Math.max(2, Math.floor(name.length / 3)) + 1, plain(name).length);
  for (const candidate of known) {
    const distance = editDistance(plain(name), plain(candidate));
    if (distance > least || (best === undefined && distance === least)) continue;
    const asWritten = editDistance(name, candidate);
    if (distance === least && asWritten >= leastAsWritten) continue;
    [best, least, leastAsWritten] = [candidate, distance, asWritten];
  }
  return best;
}

/** A Python developer who types `user_name` means `userName`. */
function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
