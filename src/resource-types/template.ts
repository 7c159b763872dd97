const braces = /\{\{|\{([A-Za-z][\w.-]*)\}/g;

/** `arn:{partition}:s3:::{Name}` with each name looked up; undefined if one of them is not there. `{{` is a brace. */
export function fill(template: string, lookup: (name: string) => string | undefined): string | undefined {
  let missing = false;
  const filled = template.replace(braces, (match, name: string | undefined) => {
    if (name === undefined) return '{';
    const value = lookup(name);
    missing ||= value === undefined;
    return value ?? match;
  });
  return missing ? undefined : filled;
}

/** The names that a template asks for. */
export const namesIn = (template: string): readonly string[] =>
  [...template.matchAll(braces)].flatMap(([, name]) => name ?? []);
