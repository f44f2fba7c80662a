/** Tries something and says how it went: `done`, or the name of the error. */
export async function outcome(run: () => unknown): Promise<string> {
  try {
    await run();
    return 'done';
  } catch (error) {
    return (error as Error).name;
  }
}
