type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords whose value is one schema, and those whose members are schemas by name. */
const single = ['items', 'additionalProperties', 'if', 'then', 'else', 'not', 'propertyNames'];
const named = ['properties', 'definitions'];

/**
 * The same schema with every titled object in it as a definition of its own. AJV writes a function for each
 * definition, and the engine compiles only those that a file calls for; all in one, a short file would wait for all.
 */
export function hoistObjects(schema: Schema): Schema {
  const hoisted = new Map<string, Schema>();
  const root = inside(schema, hoisted);
  const own = isSchema(root.definitions) ? root.definitions : {};
  return { ...root, definitions: { ...own, ...Object.fromEntries(hoisted) } };
}

function inside(schema: Schema, hoisted: Map<string, Schema>): Schema {
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (single.includes(keyword) && isSchema(value)) return [keyword, hoist(value, hoisted)];
    if (!named.includes(keyword) || !isSchema(value)) return [keyword, value];
    // What is a definition already stays where it is.
    const member = keyword === 'definitions' ? inside : hoist;
    return [keyword, mapped(value, (part) => member(part, hoisted))];
  });
  return Object.fromEntries(entries);
}

const mapped = (members: Schema, map: (member: Schema) => Schema): Schema =>
  Object.fromEntries(Object.entries(members).map(([name, member]) => [name, isSchema(member) ? map(member) : member]));

function hoist(schema: Schema, hoisted: Map<string, Schema>): Schema {
  const whole = inside(schema, hoisted);
  if (typeof whole.title !== 'string' || !isSchema(whole.properties)) return whole;
  const name = nameFor(whole, whole.title, hoisted);
  hoisted.set(name, whole);
  return { $ref: `#/definitions/${encodeURIComponent(name)}` };
}

/** The title; with a number after it where another schema is called the same. */
function nameFor(schema: Schema, title: string, hoisted: ReadonlyMap<string, Schema>): string {
  const text = JSON.stringify(schema);
  for (let number = 1; ; number += 1) {
    const name = `object ${title}${number === 1 ? '' : ` ${number}`}`;
    const taken = hoisted.get(name);
    if (!taken || JSON.stringify(taken) === text) return name;
  }
}
