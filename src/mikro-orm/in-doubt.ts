/** The errors of what is written for good with its end. */
const doubted = new WeakSet<object>();

/** Notes that an error is that of a COMMIT, or of a statement that commits by itself. */
export function doubt(error: unknown): void {
  if (typeof error === 'object' && error !== null) doubted.add(error);
}

/** Whether an error is one of those: where it says that the connection was lost, the server may have committed before. */
export function isInDoubt(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return doubted.has(error) || isInDoubt((error as { readonly cause?: unknown }).cause);
}
