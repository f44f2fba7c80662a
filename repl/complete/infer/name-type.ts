import type { SyntaxNode } from '../analyze/tree.ts';
import { nothing, type Type } from '../types/type.ts';
import { typeOfBound } from '../types/values.ts';
import { visibleDefinitions } from './definitions.ts';
import type { Typer } from './typer.ts';

/** The type of a name at a place of a text: of what the text declares, or of what the prompt has. */
export function typeOfName(name: string, at: SyntaxNode, typer: Typer): Type {
  for (const definition of visibleDefinitions(at))
    if (typer.text.slice(definition.from, definition.to) === name) return typer.typeOfBinding(definition);
  return name === 'undefined' ? nothing : typeOfBound(name, typer.context);
}
