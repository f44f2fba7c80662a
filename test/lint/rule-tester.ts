import { describe, it } from '@jest/globals';
import { RuleTester } from 'oxlint/plugins-dev';

RuleTester.describe = describe;
RuleTester.it = it;

const cwd = '/program';

/** Tries a rule of the house. */
export const ruleTester = new RuleTester({ cwd });

/** Code in a file of the program. */
export const at = (filename: string, code: string): { readonly filename: string; readonly code: string } => ({
  filename: `${cwd}/${filename}`,
  code,
});
