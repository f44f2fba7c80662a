import { around, items } from '../analyze/tree.ts';
import type { Typing } from '../analyze/typing.ts';
import { type Command, namesOf, wordsOf } from '../../commands/command.ts';
import type { Found } from '../context.ts';
import type { Typer } from '../infer/typer.ts';
import { filesIn } from './modules.ts';
import type { CompletionSource } from './source.ts';

/** `.help com` and `help('com` → `commit` */
export const commandArguments: CompletionSource = (typing, typer, typed) => {
  const { context } = typer;
  const command = commandAt(typing, typer);
  if (command?.argument === undefined || command.argument === 'code') return [];
  if (command.argument === 'file') return filesIn(typed, context, true);
  return command
    .argument(context)
    .map((text): Found => ({ text, kind: 'value', type: undefined, distance: 0 }));
};

function commandAt(typing: Typing, { context, text }: Typer): Command | undefined {
  if (typing.kind === 'argument')
    return context.commands.find(command => wordsOf(command).includes(`.${typing.command}`));
  const list = typing.kind === 'string' ? typing.node.parent : undefined;
  const callee = list?.name === 'ArgList' ? around(list, 'CallExpression')?.firstChild : undefined;
  if (!list || !callee || items(list).length > 1) return undefined;
  const name = text.slice(callee.from, callee.to);
  return context.commands.find(command => namesOf(command).includes(name) && context.scope.isProvided(name));
}
