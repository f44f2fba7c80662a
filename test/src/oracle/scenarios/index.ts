import { cascades } from './cascades.ts';
import { keys } from './keys.ts';
import { relations } from './relations.ts';
import type { Scenarios } from './scenario.ts';
import { transactions } from './transactions.ts';

export const scenarios: Scenarios = { ...relations, ...cascades, ...transactions, ...keys };
