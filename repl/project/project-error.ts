/** Why a project cannot be opened: one sentence, then what to do; the places in the project's files under it. */
export class ProjectError extends Error {
  constructor(what: string, hint: string, options?: ErrorOptions & { frames?: readonly string[] }) {
    super([`${what}.`, hint, ...(options?.frames ?? [])].filter(Boolean).join('\n'), options);
  }
}
