/**
 * What is wrong with the command line. It looks like a MikroscopeError, which cannot be imported yet: MikroORM, which
 * comes with it, is to be the project's copy, and no project is known before the command line is read.
 */
export class UsageError extends Error {
  /** What to do about it, in a sentence. */
  readonly hint: string;

  constructor(
    message: string,
    hint = 'mikroscope --help lists the commands and options.',
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.hint = hint;
  }
}
