let depth = 0;

/**
 * Runs what makes links that nobody has asked for by themselves: the other sides of one that is assigned, and those of a row or
 * a list that is read. MikroORM lets an orphan stay for any of them, if it happens to have loaded the list that gets it.
 */
export function makeUnasked<T>(make: () => T): T {
  depth++;
  try {
    return make();
  } finally {
    depth--;
  }
}

/** Whether such links are being made. */
export function isUnasked(): boolean {
  return depth > 0;
}
