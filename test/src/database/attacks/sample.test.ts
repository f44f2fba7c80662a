import { testAttacks } from './runner.ts';
import { attacked } from './tables.ts';

// Some of each kind: to try all of them takes minutes.
for (const each of attacked.filter(({ dialect }) => dialect !== 'mariadb')) testAttacks(each, 25);
