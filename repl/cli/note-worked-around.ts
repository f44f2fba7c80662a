import { printWorkedAround } from '../render/print.ts';
import { isDebug } from './options.ts';
import { standardOutput } from './standard-output.ts';

/** Prints an error that the program works around on standard error, where MIKROSCOPE_DEBUG asks for that. */
export function noteWorkedAround(error: unknown): void {
  printWorkedAround(error, standardOutput({ color: undefined, debug: isDebug(process.env) }).errors);
}
