import { assigned, assignedItem, updated } from './assignments.ts';
import { indented } from './code.ts';
import { definition } from './definitions.ts';
import { Expressions } from './expressions.ts';
import { tryStatement, withStatement } from './guarded.ts';
import { imported, setUp } from './imports.ts';
import { none, pickOf } from './kinds.ts';
import { stringValue } from './literals.ts';
import { forLoop, whileLoop } from './loops.ts';
import { absentIn, presentIn } from './present.ts';
import { Refusal } from './refusal.ts';
import type { StatementWriter, WrittenFunction } from './statement-writer.ts';
import { bodyOf, neededBy, type PyNode } from './tree.ts';

/** Writes statements of Python as TypeScript. */
export class Statements extends Expressions implements StatementWriter {
  /** What is to be said beside the translation of a statement. */
  readonly notes: string[] = [];
  within: WrittenFunction | undefined;
  later: ReadonlySet<string> = new Set();
  isNested = false;

  /** @returns the lines, none for what has nothing to do here. @throws Refusal */
  statement(node: PyNode, later: ReadonlySet<string> = new Set()): string[] {
    this.later = later;
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
        return forLoop(this, node);
      case 'WhileStatement':
        return whileLoop(this, node);
      case 'TryStatement':
        return tryStatement(this, node);
      case 'WithStatement':
        return withStatement(this, node);
      case 'FunctionDefinition':
        return definition(this, node);
      case 'ReturnStatement':
        return this.#return(node);
      case 'RaiseStatement':
        return this.#raise(node);
      case 'PassStatement':
        return [];
      case 'BreakStatement':
      case 'ContinueStatement':
        if (this.isNested) throw new Refusal(`${node.text} would leave a function here`);
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
    // A docstring.
    if (expression.type === 'String' && this.within)
      return stringValue(expression.text)
        .trim()
        .split('\n')
        .map(line => `// ${line.trim()}`);
    const note = setUp(node);
    if (note !== undefined) return this.#note(note);
    if (rest.length > 0) {
      const written = node.children.filter(({ type }) => type !== ',').map(each => this.expression(each).ts);
      return [`[${written.join(', ')}]`];
    }
    const { ts, kind } = this.expression(expression);
    if (kind.is === 'rows' && kind.form === 'result' && pickOf(kind) === undefined)
      throw new Refusal('The result of a statement is shown by its rows', `${ts}.all()`);
    return [ts.startsWith('{') ? `(${ts})` : ts];
  }

  /** Declares the name of an assignment that is the first in its function. */
  #declared(node: PyNode, written: string): string {
    const [target] = node.children;
    if (!target || target.type !== 'VariableName' || !this.within?.undeclared.delete(target.text))
      return written;
    return `let ${written}`;
  }

  block(body: PyNode): string {
    const statements = bodyOf(body);
    const outer = this.later;
    const lines = statements.flatMap((each, index) =>
      this.statement(each, new Set([...neededBy(statements.slice(index + 1)), ...outer])).flatMap(line =>
        line.split('\n'),
      ),
    );
    this.later = outer;
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
              `${head} (${this.truth(test).ts}) {\n${this.names.where(presentIn(test), () => this.block(body))}`,
          ),
        );
        absent = [...absent, ...absentIn(test)];
      }
      if (type === 'else')
        ways.push(() =>
          this.names.where(known, () => `} else {\n${this.block(children[index + 1] as PyNode)}`),
        );
    }
    const hasElse = children.some(({ type }) => type === 'else');
    const written = this.names.either(hasElse ? ways : [...ways, () => '']);
    return [`${written.filter(each => each !== '').join('\n')}\n}`.replaceAll('\n\n', '\n')];
  }

  #return(node: PyNode): string[] {
    if (!this.within) throw new Refusal('return stands in no function');
    if (this.isNested) throw new Refusal('return would leave a function here', 'return nested(() => …)');
    const values = node.children.slice(1).filter(({ type }) => type !== ',');
    const written = values.map(each => this.expression(each));
    const [only] = written;
    this.within.returns.push(
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
