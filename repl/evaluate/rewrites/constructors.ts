import { callSiteName } from '../../syntax/call-site-name.ts';
import { writeArgumentList } from '../writing/arguments.ts';
import { awaited } from '../writing/awaited.ts';
import { settled } from '../writing/position.ts';
import { runtimeAt } from '../writing/compiled-names.ts';
import type { Rewrite } from '../writing/writer.ts';

/** `new` makes an entity in the way that the session knows, which may be another than its class's own. */
export const constructors: Rewrite = {
  NewExpression(node, at, writer) {
    const given = writeArgumentList(node.arguments, settled(at), writer);
    const parts = [writer.used(node.callee, at), callSiteName(node.callee), ...(given === '' ? [] : [given])];
    return awaited(`${runtimeAt(at)}.construct(${parts.join(', ')})`, at, writer.label(node));
  },
};
