import { fill } from '../resource-types/template.ts';
import { textOf } from '../rules/operand.ts';
import type { Remediation } from '../rules/rule.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';

/** A word for a POSIX shell: ids and names come from outside and must stay one word. */
export const shellQuoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A rule's text with the resource's own properties in it; what the resource lacks stays as `{Name}`. */
export function fillText(text: string, view: ResourceView): string {
  return fillKnown(text, view, (value) => value);
}

/** How to mend it, with the real ids: shell-quoted in the command line, as they are elsewhere. */
export function fillRemediation(remediation: Remediation, view: ResourceView): Remediation {
  return Object.fromEntries(
    Object.entries(remediation).map(([way, text]: [string, string]) => [
      way,
      fillKnown(text, view, way === 'cli' ? shellQuoted : (value) => value),
    ]),
  );
}

const fillKnown = (text: string, view: ResourceView, write: (value: string) => string): string =>
  fill(text, (name) => {
    const value = textOf(view, name);
    return value === undefined ? `{${name}}` : write(value);
  }) ?? text;
