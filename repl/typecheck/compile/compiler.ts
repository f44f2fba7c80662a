import ts from 'typescript';
import { mikroOrm } from '../../complete/declarations/mikro-orm.ts';
import { mikroscope } from '../../complete/declarations/mikroscope.ts';
import { generics } from '../declare/generics.ts';
import type { Question, TypeProblem, Verdict } from '../question.ts';
import { assignedNames } from './assigned-names.ts';
import { firstProblem } from './problems.ts';
import { awaitCalls } from './waiting.ts';

const options: ts.CompilerOptions = {
  lib: ['lib.esnext.d.ts'],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
};

/** The options for each kind of question. What may be null is shown, and is no error: whether it is, only running tells. */
const optionsFor: Readonly<Record<Question['kind'], ts.CompilerOptions>> = {
  type: { ...options, strict: true, noImplicitAny: false },
  errors: { ...options, strict: false },
};

const folder = '/mikroscope/';
const lineFile = `${folder}line.ts`;

/** The names of JavaScript and Node.js that have values. */
const globalNames: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  'require',
  'module',
  'exports',
  '__dirname',
  '__filename',
  'await',
]);

/** Asks TypeScript about what is typed. What does not change between two questions is read once. */
export class Compiler {
  readonly #files = new Map([[`${folder}prelude.d.ts`, generics + mikroscope + mikroOrm]]);
  readonly #versions = new Map<string, number>();
  readonly #registry = ts.createDocumentRegistry();
  readonly #services = new Map<Question['kind'], ts.LanguageService>();

  answer({ kind, text, entities, variables }: Question): Verdict {
    // What it imports has no types here.
    if (kind === 'errors' && /\bimport\b(?!\s*\()/.test(text)) return {};
    const isType = kind === 'type';
    if (isType && !isExpression(text))
      return { problem: { message: 'This is no expression', line: 1, column: 0 } };
    const before = isType ? 'let $type = (' : '';
    const assigned = assignedNames(text);
    const declared = new Map([
      ...variables,
      ...[...assigned].map(name => [name, `let ${name}: any;`] as const),
    ]);
    const { text: awaited, original } = awaitCalls(isType ? `${before}${text}\n)` : text);
    const head = `${[...declared.values()].join('\n')}\n{\n`;
    this.#write(`${folder}entities.ts`, entities);
    this.#write(lineFile, `${head}${awaited}\n}\nexport {};\n`);
    const program = this.#serviceFor(kind).getProgram();
    const file = program?.getSourceFile(lineFile);
    if (!program || !file) return {};
    const from = head.length;
    const checker = program.getTypeChecker();
    const found = firstProblem(program.getSemanticDiagnostics(file), {
      file,
      checker,
      from,
      to: from + awaited.length,
      isKnown: name => globalNames.has(name) || declared.has(name),
    });
    if (found)
      return {
        problem: { message: found.message, ...placeIn(text, original(found.at - from) - before.length) },
      };
    return isType ? { type: typeOfDeclared(checker, file) } : {};
  }

  #serviceFor(kind: Question['kind']): ts.LanguageService {
    let service = this.#services.get(kind);
    if (!service) this.#services.set(kind, (service = this.#makeService(optionsFor[kind])));
    return service;
  }

  #makeService(settings: ts.CompilerOptions): ts.LanguageService {
    const { sys } = ts;
    const read = (name: string) => this.#files.get(name) ?? sys.readFile(name);
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => settings,
      getScriptFileNames: () => [...this.#files.keys()],
      getScriptVersion: name => String(this.#versions.get(name) ?? 0),
      getScriptSnapshot(name) {
        const text = read(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: name => this.#files.has(name) || sys.fileExists(name),
      readFile: read,
    };
    return ts.createLanguageService(host, this.#registry);
  }

  #write(name: string, text: string): void {
    if (this.#files.get(name) === text) return;
    this.#files.set(name, text);
    this.#versions.set(name, (this.#versions.get(name) ?? 0) + 1);
  }
}

function isExpression(text: string): boolean {
  const { diagnostics = [] } = ts.transpileModule(`(${text}\n)`, { reportDiagnostics: true });
  const { statements } = ts.createSourceFile('line.ts', `(${text}\n)`, ts.ScriptTarget.Latest);
  return diagnostics.length === 0 && statements.length === 1;
}

function typeOfDeclared(checker: ts.TypeChecker, file: ts.SourceFile): string {
  const block = file.statements.find(ts.isBlock);
  const [statement] = block?.statements ?? [];
  const declaration =
    statement && ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : undefined;
  if (!declaration) return 'any';
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
  return checker.typeToString(checker.getTypeAtLocation(declaration), file, flags);
}

function placeIn(text: string, position: number): Pick<TypeProblem, 'line' | 'column'> {
  const lines = text.slice(0, Math.max(0, position)).split('\n');
  return { line: lines.length, column: lines.at(-1)?.length ?? 0 };
}
