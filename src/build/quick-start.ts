import { RolldownMagicString } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';

/** Where the functions stand that a run calls: `startToEnd` of each. */
export type Called = ReadonlySet<string>;

/** How a function is called by where it stands, in UTF-16 units. */
export const startToEnd = (start: number, end: number): string => `${start}-${end}`;

type AnyNode = Readonly<Record<string, unknown>> & { readonly type: string };

/** One letter beyond Latin 1 doubles the memory of a whole file and keeps the engine from its fast ways through it. */
export const inAscii = (code: string): string =>
  code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * The code with Node's own modules asked for by a call. An `import` of one reads all that it exports, and some of that
 * is a module of its own that is loaded when it is read: `node:fs` for two functions would load streams and events.
 */
export function withoutFacades(code: string): string {
  const edited = new RolldownMagicString(code);
  for (const { type, start, end, source, specifiers } of membersOf(parseAst(code).body)) {
    const name = nodeOf(source)?.value;
    if (type !== 'ImportDeclaration' || typeof name !== 'string' || !name.startsWith('node:')) continue;
    const bindings = bindingsOf(membersOf(specifiers));
    const asked = `globalThis.process.getBuiltinModule(${JSON.stringify(name)})`;
    edited.overwrite(Number(start), Number(end), bindings.map((one) => `const ${one}=${asked};`).join(''));
  }
  return edited.toString();
}

/** What is declared for an import: the module whole, as default or by a name of its own, and parts of it. */
function bindingsOf(specifiers: readonly AnyNode[]): readonly string[] {
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
  const whole = specifiers.filter(({ type }) => type !== 'ImportSpecifier').map(({ local }) => nameOf(local));
  const parts = named.map(({ imported, local }) => `${nameOf(imported)}:${nameOf(local)}`);
  return parts.length > 0 ? [...whole, `{${parts.join()}}`] : whole;
}

/**
 * The code with the functions that a run calls in parentheses. V8 compiles such a function together with the file and
 * keeps it in the compile cache; any other it compiles when it is called first, in every process anew. What is declared
 * by a statement becomes a variable for that, at the start of the block that it is visible in.
 */
export function compiledAtOnce(code: string, called: Called): string {
  const edited = new RolldownMagicString(code);
  const isCalled = ({ start, end }: AnyNode): boolean => called.has(startToEnd(Number(start), Number(end)));
  const visit = (node: AnyNode, isMethod: boolean): void => {
    hoist(membersOf(bodyOf(node)), isCalled, edited);
    if (expressions.includes(node.type) && !isMethod && isCalled(node)) {
      edited.prependRight(Number(node.start), '(');
      edited.appendLeft(Number(node.end), ')');
    }
    const inside = Object.values(node).flatMap((child) =>
      Array.isArray(child) ? membersOf(child) : (nodeOf(child) ?? []),
    );
    for (const inner of inside) visit(inner, isMethodOf(node));
  };
  visit({ ...parseAst(code) }, false);
  return edited.toString();
}

/** Makes variables of the functions that statements declare, where nothing has run yet that could call them. */
function hoist(body: readonly AnyNode[], isCalled: (node: AnyNode) => boolean, edited: RolldownMagicString): void {
  const first = body.find(({ directive }) => typeof directive !== 'string');
  for (const node of body) {
    const id = nodeOf(node.id);
    if (node.type !== 'FunctionDeclaration' || !id || !isCalled(node)) continue;
    const [start, end] = [Number(node.start), Number(node.end)];
    // The variable gives it its name again; of its own, it could not be assigned to inside.
    edited.remove(Number(id.start), Number(id.end));
    edited.prependRight(start, `var ${nameOf(id)}=(`);
    edited.appendLeft(end, ');');
    if (node !== first) edited.move(start, end, Number(first?.start));
  }
}

/** The statements of a file or of a function. */
const bodyOf = ({ type, body }: AnyNode): unknown => {
  const block = nodeOf(body);
  return type === 'Program' ? body : /Function/.test(type) && block?.type === 'BlockStatement' ? block.body : [];
};

const expressions = ['ArrowFunctionExpression', 'FunctionExpression'];

/** Whether what stands in a node has its syntax: `{ name() {} }` is no place for parentheses. */
const isMethodOf = ({ type, method, kind }: AnyNode): boolean =>
  type === 'MethodDefinition' || (type === 'Property' && (method === true || kind === 'get' || kind === 'set'));

const nodeOf = (value: unknown): AnyNode | undefined =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
    ? { ...value, type: value.type }
    : undefined;

const membersOf = (value: unknown): readonly AnyNode[] =>
  Array.isArray(value) ? value.flatMap((item) => nodeOf(item) ?? []) : [];

const nameOf = (value: unknown): string => String(nodeOf(value)?.name);
