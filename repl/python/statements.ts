import { assigned, assignedItem, updated } from './assignments.ts';
import { indented } from './code.ts';
import { listOf } from './compare.ts';
import { caughtBy } from './errors-caught.ts';
import { Expressions } from './expressions.ts';
import { parametersOf } from './functions.ts';
import { imported, setUp } from './imports.ts';
import { itemOf, join, type Kind, none, unknown } from './kinds.ts';
import { absentIn, presentIn } from './present.ts';
import { Refusal } from './refusal.ts';
import { bindTarget } from './targets.ts';
import { bodyOf, boundIn, child, namesIn, neededBy, type PyNode, walk } from './tree.ts';

/** A function that is being written: the names to declare, and what it returns. */
interface Function {
  readonly undeclared: Set<string>;
  readonly returns: Kind[];
}

/** Writes statements of Python as TypeScript. */
export class Statements extends Expressions {
  /** What is to be said beside the translation of a statement. */
  readonly notes: string[] = [];
  #function: Function | undefined;
  /** The names that are used after the statement. */
  #later: ReadonlySet<string> = new Set();
  /** Whether `return`, `break` and `continue` would leave a function of ours. */
  #isNested = false;

  /** @returns the lines, none for what has nothing to do here. @throws Refusal */
  statement(node: PyNode, later: ReadonlySet<string> = new Set()): string[] {
    this.#later = later;
    switch (node.type) {
      case 'ExpressionStatement':
        return this.#expressionStatement(node);
      case 'AssignStatement': {
        const note = setUp(node);
        if (note !== undefined) return this.#note(note);
        return [assignedItem(this, node) ?? this.#declared(node, assigned(this, node))];
      }
      case 'UpdateStatement':
        return [updated(this, node)];
      case 'ImportStatement':
        return this.#note(imported(this.names, node));
      case 'IfStatement':
        return this.#if(node);
      case 'ForStatement':
        return this.#for(node);
      case 'WhileStatement':
        return this.#while(node);
      case 'TryStatement':
        return this.#try(node);
      case 'WithStatement':
        return this.#with(node);
      case 'FunctionDefinition':
        return this.#define(node);
      case 'ReturnStatement':
        return this.#return(node);
      case 'RaiseStatement':
        return this.#raise(node);
      case 'PassStatement':
        return [];
      case 'BreakStatement':
      case 'ContinueStatement':
        if (this.#isNested) throw new Refusal(`${node.text} would leave a function here`);
        return [node.text];
      case 'PrintStatement':
        throw new Refusal('This is the print of Python 2', 'console.log(…)');
      case 'ClassDefinition':
        throw new Refusal(
          'A class of entities is not made in a session',
          'mikroscope run --python models.py --as entities',
        );
      default:
        throw new Refusal(`${node.text.split('\n')[0]} is not translated`);
    }
  }

  #note(note: string): string[] {
    if (note !== '') this.notes.push(note);
    return [];
  }

  #expressionStatement(node: PyNode): string[] {
    const [expression, ...rest] = node.children;
    if (!expression) return [];
    const note = setUp(node);
    if (note !== undefined) return this.#note(note);
    if (rest.length > 0) {
      const written = node.children.filter(({ type }) => type !== ',').map(each => this.expression(each).ts);
      return [`[${written.join(', ')}]`];
    }
    // A docstring.
    const { ts, kind } = this.expression(expression);
    if (kind.is === 'rows' && kind.form === 'result' && kind.column === undefined)
      throw new Refusal('The result of a statement is shown by its rows', `${ts}.all()`);
    return [ts.startsWith('{') ? `(${ts})` : ts];
  }

  /** Declares the name of an assignment that is the first in its function. */
  #declared(node: PyNode, written: string): string {
    const [target] = node.children;
    if (!target || target.type !== 'VariableName' || !this.#function?.undeclared.delete(target.text))
      return written;
    return `let ${written}`;
  }

  #block(body: PyNode): string {
    const statements = bodyOf(body);
    const outer = this.#later;
    const lines = statements.flatMap((each, index) =>
      this.statement(each, new Set([...neededBy(statements.slice(index + 1)), ...outer])).flatMap(line =>
        line.split('\n'),
      ),
    );
    this.#later = outer;
    return indented(lines);
  }

  #if({ children }: PyNode): string[] {
    const ways: (() => string)[] = [];
    let absent: readonly string[] = [];
    for (const [index, { type }] of children.entries()) {
      const known = absent;
      if (type === 'if' || type === 'elif') {
        const [test, body] = [children[index + 1], children[index + 2]] as [PyNode, PyNode];
        const head = type === 'if' ? 'if' : '} else if';
        ways.push(() =>
          this.names.where(
            known,
            () =>
              `${head} (${this.truth(test).ts}) {\n${this.names.where(presentIn(test), () => this.#block(body))}`,
          ),
        );
        absent = [...absent, ...absentIn(test)];
      }
      if (type === 'else')
        ways.push(() =>
          this.names.where(known, () => `} else {\n${this.#block(children[index + 1] as PyNode)}`),
        );
    }
    const hasElse = children.some(({ type }) => type === 'else');
    const written = this.names.either(hasElse ? ways : [...ways, () => '']);
    return [`${written.filter(each => each !== '').join('\n')}\n}`.replaceAll('\n\n', '\n')];
  }

  #for({ children }: PyNode): string[] {
    if (children[0]?.type === 'async' || children.some(({ type }) => type === 'else'))
      throw new Refusal('else of a loop is not translated', 'if (!found) { … }');
    const at = children.findIndex(({ type }) => type === 'in');
    const targets = children.slice(1, at).filter(({ type }) => type !== ',');
    const [source, body] = [children[at + 1], children.at(-1)] as [PyNode, PyNode];
    const meant = this.#meantInstead(targets, body);
    if (meant) {
      this.notes.push(`the loop has no ${meant.text} but ${targets[0]?.text}, which is meant`);
      targets.splice(0, 1, meant);
    }
    const over = this.expression(source);
    const item = itemOf(over.kind);
    if (!item || over.kind.isNullable)
      throw new Refusal(`It is not known that ${over.ts} is a list`, `for (const each of ${over.ts})`);
    const names = [...namesIn(targets)];
    const isKept = names.some(
      name => this.#later.has(name) || (!this.#function && this.names.lookUp(name) !== undefined),
    );
    const isChanged = names.some(name => boundIn([body]).has(name));
    const keyword = isKept ? '' : isChanged ? 'let ' : 'const ';
    if (!isKept) for (const name of names) this.#function?.undeclared.delete(name);
    const isDirect = over.kind.is !== 'map' && over.kind.is !== 'rows' && over.kind.is !== 'str';
    const list =
      isDirect || (over.kind.is === 'rows' && over.kind.column === undefined)
        ? over.ts
        : over.kind.is === 'str'
          ? over.ts
          : listOf(over);
    const written = this.names.again(() => {
      const bound = bindTarget(this, targets, item);
      return `for (${keyword}${bound} of ${list.replace(/^\[\.\.\.(\w+(?:\.\w+\(\))?(?:\.entries\(\))?)\]$/, '$1')}) {\n${this.#block(body)}\n}`;
    });
    if (!isKept && !this.#function)
      for (const name of names)
        this.names.bind(name, {
          is: 'refused',
          why: `${name} is the variable of a loop, and has no value after it here`,
        });
    return [written];
  }

  /** The name that the body of a loop has for its variable, where it is the plural of it, and nothing else has that name. */
  #meantInstead(targets: readonly PyNode[], body: PyNode): PyNode | undefined {
    const [only, ...others] = targets;
    if (!only || others.length > 0 || namesIn([body]).has(only.text)) return undefined;
    let found: PyNode | undefined;
    walk(body, node => {
      const isNear = node.text === `${only.text}s` || only.text === `${node.text}s`;
      if (node.type === 'VariableName' && isNear && this.names.lookUp(node.text) === undefined) found = node;
    });
    return found;
  }

  #while({ children }: PyNode): string[] {
    const [, test, body] = children as [PyNode, PyNode, PyNode];
    if (children.some(({ type }) => type === 'else'))
      throw new Refusal('else of a loop is not translated', 'if (!found) { … }');
    return [this.names.again(() => `while (${this.truth(test).ts}) {\n${this.#block(body)}\n}`)];
  }

  #try({ children }: PyNode): string[] {
    const [, body] = children as [PyNode, PyNode];
    if (children.some(({ type }) => type === 'else'))
      throw new Refusal('else of try is not translated', 'try { … } catch (error) { … }');
    const written: string[] = [];
    const handlers: string[] = [];
    this.names.either([() => undefined, () => void written.push(`try {\n${this.#block(body)}`)]);
    let hasRest = true;
    for (const [index, { type }] of children.entries()) {
      if (type === 'finally') written.push(`} finally {\n${this.#block(children[index + 1] as PyNode)}`);
      if (type !== 'except') continue;
      const end = children.findIndex((node, at) => at > index && node.type === 'Body');
      const [caught, as, name] = children.slice(index + 1, end);
      const variable = as && name ? this.names.typeScript(name.text) : 'error';
      if (handlers.length > 0 && variable !== 'error')
        throw new Refusal('Several names for what is caught are not translated', 'catch (error) { … }');
      const test = caughtBy(caught, variable);
      hasRest = test !== undefined;
      const [, block = ''] = this.names.either([
        () => '',
        () =>
          this.names.inside(as && name ? [[name.text, { is: 'error' }]] : [['error', { is: 'error' }]], () =>
            this.#block(children[end] as PyNode),
          ),
      ]);
      handlers.push(
        test === undefined && handlers.length === 0
          ? `} catch (${variable}) {\n${block}`
          : this.#handler(handlers.length, variable, test, block),
      );
    }
    const isTested = handlers.length > 0 && hasRest;
    if (handlers.length > 0)
      written.splice(
        1,
        0,
        handlers.join('\n') +
          (isTested && handlers.length > 1 ? '\n  } else throw error' : handlers.length > 1 ? '\n  }' : ''),
      );
    return [`${written.join('\n')}\n}`.replaceAll('\n\n', '\n')];
  }

  #handler(index: number, variable: string, test: string | undefined, block: string): string {
    if (index > 0)
      throw new Refusal(
        'Several except are not translated',
        'catch (error) { if (error.name === …) { … } else { … } }',
      );
    return `} catch (${variable}) {\n  if (!${test?.startsWith('[') ? test : `(${test})`}) throw ${variable}\n${block}`;
  }

  #with({ children }: PyNode): string[] {
    const [, context, ...rest] = children as [PyNode, PyNode, ...PyNode[]];
    const body = rest.at(-1) as PyNode;
    if (/\bapp_context\(\)$|\btest_request_context\(\)$/.test(context.text)) {
      this.notes.push('the shell is in the context of the application already');
      return bodyOf(body).flatMap(each => this.statement(each, this.#later));
    }
    if (
      rest.length > 1 ||
      !context.text.endsWith('.begin_nested()') ||
      this.object(context.children[0]?.children[0] as PyNode).kind.is !== 'session'
    )
      throw new Refusal(
        `with ${context.text} is not translated`,
        context.text.endsWith('.begin()') ? 'commit()' : 'try { … } finally { … }',
      );
    const before = this.#isNested;
    this.#isNested = true;
    try {
      return [`nested(() => {\n${this.#block(body)}\n})`];
    } finally {
      this.#isNested = before;
    }
  }

  #define(node: PyNode): string[] {
    const name = child(node, 'VariableName')?.text ?? '';
    if (node.children[0]?.type === 'async')
      throw new Refusal('async is not translated', `function ${name}() { … }`);
    if (this.#function)
      throw new Refusal('A function within a function is not translated', `const ${name} = () => …`);
    const body = child(node, 'Body') as PyNode;
    walk(body, ({ type }) => {
      if (type === 'YieldExpression' || type === 'YieldStatement' || type === 'ScopeStatement')
        throw new Refusal(
          `${type === 'ScopeStatement' ? 'global' : 'yield'} is not translated`,
          'function* list() { yield 1 }',
        );
    });
    const parameters = parametersOf(child(node, 'ParamList'), this);
    const locals = [...boundIn(bodyOf(body))].filter(local => !parameters.some(each => each.name === local));
    const first = new Set(
      bodyOf(body).flatMap(each =>
        each.type === 'AssignStatement' &&
        each.children[0]?.type === 'VariableName' &&
        each.children[1]?.type === 'AssignOp'
          ? [each.children[0].text]
          : [],
      ),
    );
    const used = { undeclared: new Set(locals), returns: [] as Kind[] };
    const names = parameters.map(({ name: parameter }) => parameter);
    const itself: Kind = { is: 'function', parameters: names, returns: unknown };
    const previous = this.names.lookUp(name);
    this.names.bind(name, itself);
    this.#function = used;
    try {
      const block = this.names.inside(
        parameters.map(each => [each.name, each.kind] as const),
        () => {
          // What is first assigned in a block is used after it, too.
          const before = locals.filter(local => !first.has(local) && !isLoopOnly(bodyOf(body), local));
          for (const local of before) used.undeclared.delete(local);
          const written = this.#block(body);
          return before.length > 0 ? `  let ${before.join(', ')}\n${written}` : written;
        },
      );
      const returns = endsInReturn(bodyOf(body))
        ? used.returns.reduce(join)
        : used.returns.reduce(join, none);
      this.names.widen(name, { ...itself, returns });
      const written = parameters.map(
        each => this.names.typeScript(each.name) + (each.value ? ` = ${this.expression(each.value).ts}` : ''),
      );
      return [
        `function ${this.names.typeScript(name)}(${written.join(', ')}) {\n${block}\n}`.replace(
          '{\n\n}',
          '{}',
        ),
      ];
    } catch (error) {
      if (previous) this.names.widen(name, previous);
      throw error;
    } finally {
      this.#function = undefined;
    }
  }

  #return(node: PyNode): string[] {
    if (!this.#function) throw new Refusal('return stands in no function');
    if (this.#isNested) throw new Refusal('return would leave a function here', 'return nested(() => …)');
    const values = node.children.slice(1).filter(({ type }) => type !== ',');
    const written = values.map(each => this.expression(each));
    const [only] = written;
    this.#function.returns.push(
      written.length > 1 ? { is: 'tuple', items: written.map(({ kind }) => kind) } : (only?.kind ?? none),
    );
    if (!only) return ['return null'];
    return [`return ${written.length > 1 ? `[${written.map(({ ts }) => ts).join(', ')}]` : only.ts}`];
  }

  #raise({ children }: PyNode): string[] {
    const [, raised, ...rest] = children;
    if (!raised) return ['throw error'];
    const [message] = raised.type === 'CallExpression' ? this.arguments(raised).positional : [];
    if (rest.length > 0)
      throw new Refusal('raise … from … is not translated', 'throw new Error(message, { cause })');
    return [`throw new Error(${message ? this.expression(message).ts : ''})`];
  }
}

/** Whether a name is bound by loops alone, and used in them alone. */
function isLoopOnly(body: readonly PyNode[], name: string): boolean {
  return (
    body.every(statement => {
      if (!namesIn([statement]).has(name)) return true;
      return (
        statement.type === 'ForStatement' &&
        namesIn(
          statement.children.slice(
            1,
            statement.children.findIndex(({ type }) => type === 'in'),
          ),
        ).has(name)
      );
    }) && body.filter(statement => namesIn([statement]).has(name)).length === 1
  );
}

function endsInReturn(body: readonly PyNode[]): boolean {
  return body.at(-1)?.type === 'ReturnStatement';
}
