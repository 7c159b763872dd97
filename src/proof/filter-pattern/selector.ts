import type { Step } from './pattern.ts';
import { type Reader, takeMatch, Unreadable, unreadable } from './reader.ts';

/** `$.userIdentity.type`, `$.resources[0].ARN`, `$.['a.b']`, `$.items[*]`, `$.*`. */
export function readSelector(reader: Reader): readonly Step[] {
  if (!takeMatch(reader, /\$/y)) throw unreadable(reader, 'a field such as $.eventName');
  const steps: Step[] = [];
  for (let step = readStep(reader); step !== undefined; step = readStep(reader)) steps.push(step);
  if (steps.length === 0) throw unreadable(reader, 'the name of a field after $');
  if (steps.filter((step) => typeof step === 'string').length > 1)
    throw new Unreadable(reader.offset, 'more than one wildcard in a selector');
  return steps;
}

function readStep(reader: Reader): Step | undefined {
  if (takeMatch(reader, /\.\*/y)) return 'any member';
  const name = takeMatch(reader, /\.[A-Za-z0-9_-]+/y);
  if (name !== undefined) return { name: name.slice(1) };
  if (takeMatch(reader, /\[\*\]/y)) return 'any element';
  const index = takeMatch(reader, /\[\d+\]/y);
  if (index !== undefined) return { index: Number(index.slice(1, -1)) };
  const quoted = takeMatch(reader, /\.?\[\s*(?:'[^']*'|"[^"]*")\s*\]/y);
  if (quoted !== undefined) return { name: quoted.replaceAll(/^\.?\[\s*['"]|['"]\s*\]$/g, '') };
  if (takeMatch(reader, /[.[]/y)) throw new Unreadable(reader.offset, 'the name of a field is wanted');
  return undefined;
}
