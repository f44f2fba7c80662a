/** What can go wrong in mikroscope itself; the `name` of every {@link MikroscopeError}. */
export type ErrorCode =
  | 'AccessDenied'
  | 'BadArgument'
  | 'BadConfiguration'
  | 'CannotConnect'
  | 'CannotUndo'
  | 'CheckViolation'
  | 'ConnectionLost'
  | 'DatabaseBusy'
  | 'DatabaseError'
  | 'Detached'
  | 'ForeignKeyViolation'
  | 'InvalidQuery'
  | 'InvalidState'
  | 'InvalidValue'
  | 'MissingDatabase'
  | 'MissingDriver'
  | 'MissingTable'
  | 'MissingValue'
  | 'MultipleRows'
  | 'NotFound'
  | 'NotLoaded'
  | 'ObjectDeleted'
  | 'ReadOnly'
  | 'Refused'
  | 'StaleRow'
  | 'TransactionLost'
  | 'TypeMismatch'
  | 'Unguarded'
  | 'UniqueViolation'
  | 'UnknownProperty'
  | 'UnknownScheme'
  | 'UnsupportedDriver'
  | 'UnsupportedVersion'
  | 'ValueTooLong';

/**
 * A complaint of mikroscope: what happened in one sentence, and what to do about it in another.
 *
 * @example
 * try {
 *   session.query(User).filterBy({ usrname: 'Corey' });
 * } catch (error) {
 *   error.name; // 'UnknownProperty'
 *   error.message; // "User has no property 'usrname'; did you mean 'username'?"
 * }
 */
export class MikroscopeError extends Error {
  readonly code: ErrorCode;
  /** One sentence: what to do now. Empty when the message says it all. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint = '', options?: ErrorOptions) {
    super(message, options);
    // Not enumerable, so that printing an error shows its sentence and not its parts.
    Object.defineProperty(this, 'name', { value: code, configurable: true });
    Object.defineProperty(this, 'code', { value: code, configurable: true });
    Object.defineProperty(this, 'hint', { value: hint, configurable: true });
    this.code = code;
    this.hint = hint;
  }
}
