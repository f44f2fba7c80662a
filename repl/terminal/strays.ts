/**
 * Takes errors that nothing has caught, as of a timer, or of a promise that is not awaited.
 *
 * @returns what listens again, if a statement has removed all that listens
 */
export function takeStrays(onStray: (error: unknown) => void): () => void {
  const listen = () => {
    if (!process.listeners('uncaughtException').includes(onStray)) process.on('uncaughtException', onStray);
  };
  listen();
  return listen;
}
