import { fill } from '../resource-types/template.ts';
import { textOf } from '../rules/operand.ts';
import type { Remediation } from '../rules/rule.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';

/** A word for a POSIX shell: ids and names come from outside and must stay one word. */
export const shellQuoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** What the names in a text stand for: properties and facts of a resource, and with a dollar parameters of the rule. */
interface Named {
  readonly view: ResourceView;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A rule's text with the resource's own properties in it; what the resource lacks stays as `{Name}`. */
export function fillText(text: string, named: Named): string {
  return fillKnown(text, named, (value) => value);
}

/** How to mend it, with the real ids: shell-quoted in the command line, as they are elsewhere. */
export function fillRemediation(remediation: Remediation, named: Named): Remediation {
  return Object.fromEntries(
    Object.entries(remediation).map(([way, text]: [string, string]) => [
      way,
      fillKnown(text, named, way === 'cli' ? shellQuoted : (value) => value),
    ]),
  );
}

const fillKnown = (text: string, { view, parameters }: Named, write: (value: string) => string): string =>
  fill(text, (name) => {
    const value = name.startsWith('$') ? written(parameters[name.slice(1)]) : textOf(view, name);
    return value === undefined ? `{${name}}` : write(value);
  }) ?? text;

const written = (value: unknown): string | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
