import { posix } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** Reads the declarations of a module, `api/index.ts`. */
export type ReadDeclarations = (module: string) => string;

interface Declaration {
  readonly module: string;
  readonly name: string;
  /** As it is written, with its comment, without `export` and `declare`. */
  readonly text: string;
  /** The names that it uses: its own, its module's, and the language's. */
  readonly uses: readonly string[];
}

interface ModuleDeclarations {
  readonly own: ReadonlyMap<string, Declaration>;
  /** Name here → the module that it is imported from. */
  readonly imported: ReadonlyMap<string, string>;
  readonly exported: readonly string[];
}

/**
 * What a module exports and what that is made of, as one file of declarations that imports nothing: whoever imports
 * the package needs no types of what it is built with.
 *
 * @throws Error for what would need renaming, and for a way of importing that is not read here.
 */
export function declarationsOf(entry: string, read: ReadDeclarations): string {
  const modules = new Map<string, ModuleDeclarations>();
  const moduleAt = (path: string): ModuleDeclarations => {
    const known = modules.get(path) ?? readModule(path, read(path));
    modules.set(path, known);
    return known;
  };
  const { exported } = moduleAt(entry);
  const found = new Map<string, Declaration>();
  const take = (name: string, module: string): void => {
    const declaration = declared(name, module, moduleAt);
    if (!declaration) return;
    const before = found.get(name);
    if (before === declaration) return;
    if (before) throw new Error(`${name} is declared in ${before.module} and in ${declaration.module}: rename one`);
    found.set(name, declaration);
    for (const use of declaration.uses) take(use, declaration.module);
  };
  for (const name of exported) take(name, entry);
  const missing = exported.find((name) => !found.has(name));
  if (missing !== undefined) throw new Error(`${entry} exports ${missing}, which is declared nowhere`);
  const texts = [...found.values()].map(({ name, text }) => written(text, exported.includes(name)));
  return `${[...texts, 'export {};'].join('\n\n')}\n`;
}

function declared(
  name: string,
  module: string,
  moduleAt: (path: string) => ModuleDeclarations,
): Declaration | undefined {
  const { own, imported } = moduleAt(module);
  const from = imported.get(name);
  return from === undefined ? own.get(name) : declared(name, from, moduleAt);
}

function written(text: string, isExported: boolean): string {
  const [, comment = '', declaration = ''] = /^(\/\*\*[\s\S]*?\*\/\s*)?([\s\S]*)$/.exec(text) ?? [];
  const declares = /^(interface|type)\b/.test(declaration) ? '' : 'declare ';
  return `${comment}${isExported ? 'export ' : ''}${declares}${declaration}`;
}

type AnyNode = Readonly<Record<string, unknown>>;

const nodesIn = (value: unknown): readonly AnyNode[] => (Array.isArray(value) ? value.map(nodeOf) : []);
const nodeOf = (value: unknown): AnyNode => (typeof value === 'object' && value !== null ? { ...value } : {});
const nameOf = (value: unknown): string => String(nodeOf(value).name);

function readModule(path: string, text: string): ModuleDeclarations {
  const own = new Map<string, Declaration>();
  const imported = new Map<string, string>();
  const exported: string[] = [];
  let end = 0;
  for (const statement of nodesIn(parseAst(text, { lang: 'dts' }, path).body)) {
    const comment = text.slice(end, Number(statement.start)).trim();
    end = Number(statement.end);
    const from = moduleNamed(statement.source, path);
    const passed = namesPassed(statement, path);
    if (from !== undefined) for (const name of passed) imported.set(name, from);
    const declarations = declarationsIn(statement, { path, text, comment });
    for (const one of declarations) own.set(one.name, one);
    if (statement.type === 'ExportNamedDeclaration') exported.push(...passed, ...declarations.map(({ name }) => name));
  }
  return { own, imported, exported };
}

/** What an import or export statement names. */
function namesPassed({ specifiers }: AnyNode, path: string): readonly string[] {
  return nodesIn(specifiers).map(({ exported, imported, local }) => {
    const [outer, inner] = [nameOf(exported ?? imported), nameOf(local)];
    if (outer !== inner) throw new Error(`${path} renames ${inner}`);
    return outer;
  });
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly comment: string;
}

function declarationsIn(statement: AnyNode, { path, text, comment }: Source): readonly Declaration[] {
  const declaration = nodeOf(statement.declaration ?? statement);
  const code = text.slice(Number(declaration.start), Number(statement.end)).replace(/^declare /, '');
  const whole = comment === '' ? code : `${comment}\n${code}`;
  const names = declaredNames(declaration);
  return names.map((name) => ({ module: path, name, text: whole, uses: namesUsed(declaration, path) }));
}

/** A package's types stay where they are: what uses them fails to compile without them, and a test compiles it. */
function moduleNamed(source: unknown, path: string): string | undefined {
  const { value } = nodeOf(source);
  return typeof value === 'string' && value.startsWith('.') ? posix.join(posix.dirname(path), value) : undefined;
}

function declaredNames({ id, declarations }: AnyNode): readonly string[] {
  const variables = nodesIn(declarations).map((variable) => nameOf(variable.id));
  return typeof nodeOf(id).name === 'string' ? [nameOf(id)] : variables;
}

/** Every name in a declaration, those of members included: what they happen to be called too is another's business. */
function namesUsed(node: unknown, path: string): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((item) => namesUsed(item, path));
  if (typeof node !== 'object' || node === null) return [];
  const { type, name, ...others } = nodeOf(node);
  if (type === 'TSImportType') throw new Error(`${path} imports inside a type`);
  const inside = Object.entries(others).flatMap(([member, value]) =>
    member === 'key' || (member === 'property' && type !== 'TSIndexedAccessType') ? [] : namesUsed(value, path),
  );
  return type === 'Identifier' && typeof name === 'string' ? [name, ...inside] : inside;
}
