import { callSiteName } from '../../syntax/call-site-name.ts';
import { writeArgumentList } from '../writing/arguments.ts';
import { awaited } from '../writing/awaited.ts';
import { settled } from '../writing/position.ts';
import { type Rewrite, runtime } from '../writing/writer.ts';

/** `new` makes an entity in the way that the session knows, which may be another than its class's own. */
export const constructors: Rewrite = {
  NewExpression(node, at, writer) {
    const callee = `${runtime}.constructible(${writer.operand(node.callee, at)}, ${callSiteName(node.callee)})`;
    return awaited(`new (${callee})(${writeArgumentList(node.arguments, settled(at), writer)})`, at);
  },
};
