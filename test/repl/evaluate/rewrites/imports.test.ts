import { testPairs } from './pairs.ts';

testPairs('imports', [
  [
    "import fs from 'node:fs'",
    "__m = __ms.resume(await __ms.import('node:fs')), __s.fs = __ms.exported(__m, \"default\", 'node:fs');",
  ],
  [
    "import { a as b } from 'm'",
    "__m = __ms.resume(await __ms.import('m')), __s.b = __ms.exported(__m, \"a\", 'm');",
  ],
  ["import * as m from 'm'", "__m = __ms.resume(await __ms.import('m')), __s.m = __m;"],
  ["import 'm'", "__m = __ms.resume(await __ms.import('m'));"],
  ["m = import('m')", "(__s.m = (wait(__ms.import('m'))));"],
]);
