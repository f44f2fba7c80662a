import { testAttacks } from './runner.ts';
import { attacked } from './tables.ts';

for (const each of attacked) testAttacks(each, 1, each.dialect === 'sqlite' || each.dialect === 'postgresql');
