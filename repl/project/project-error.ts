/** Why a project cannot be opened: one sentence, then what to do, then where in the project's files it happened. */
export class ProjectError extends Error {
  /**
   * @param problem the sentence, without its full stop
   * @param hint what to do; empty for nothing
   * @param options.frames lines of the stack
   */
  constructor(problem: string, hint: string, options?: ErrorOptions & { frames?: readonly string[] }) {
    super([`${problem}.`, hint, ...(options?.frames ?? [])].filter(Boolean).join('\n'), options);
  }
}
