import { MikroscopeError } from '../../src/index.ts';

/** @throws MikroscopeError `Refused` */
export function entitiesOf(text: string): string {
  throw new MikroscopeError('Refused', `Classes are not translated yet: ${text.split('\n')[0]}`);
}
