import { posix } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** One import statement of one module. */
export interface Import {
  /** The importing module, relative to `src`. */
  readonly from: string;
  /** A module relative to `src`, a package's name as it is written, or an expression that only a run could follow. */
  readonly of: 'module' | 'package' | 'expression';
  readonly to: string;
  /** `type`: erased, so that nothing is loaded. */
  readonly kind: 'value' | 'type';
}

/** Every module's text by its path relative to `src`. */
export type Modules = Readonly<Record<string, string>>;

/** What modules import: static, dynamic and type imports, re-exports and `import('…')` types. Throws on a syntax error. */
export function readImports(modules: Modules): readonly Import[] {
  return Object.entries(modules).flatMap(([from, text]) => importsIn(parseAst(text, { lang: 'ts' }, from), from));
}

function importsIn(value: unknown, from: string): readonly Import[] {
  if (Array.isArray(value)) return value.flatMap((item) => importsIn(item, from));
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap((item) => importsIn(item, from));
  const own = importOf(Object.fromEntries(Object.entries(value)), from);
  return own ? [own, ...inside] : inside;
}

type AnyNode = Readonly<Record<string, unknown>>;

function importOf(node: AnyNode, from: string): Import | undefined {
  const target = targetOf(node.source ?? node.expression, from);
  switch (node.type) {
    case 'ImportDeclaration':
      return { from, ...target, kind: node.importKind === 'type' ? 'type' : 'value' };
    case 'ExportAllDeclaration':
      return { from, ...target, kind: node.exportKind === 'type' ? 'type' : 'value' };
    case 'ExportNamedDeclaration':
      return node.source ? { from, ...target, kind: node.exportKind === 'type' ? 'type' : 'value' } : undefined;
    case 'ImportExpression':
    case 'TSExternalModuleReference':
      return { from, ...target, kind: 'value' };
    case 'TSImportType':
      return { from, ...target, kind: 'type' };
    default:
      return undefined;
  }
}

function targetOf(source: unknown, from: string): Pick<Import, 'of' | 'to'> {
  const written = typeof source === 'object' && source !== null && 'value' in source ? source.value : undefined;
  if (typeof written !== 'string') return { of: 'expression', to: '' };
  if (!written.startsWith('.')) return { of: 'package', to: written };
  return { of: 'module', to: posix.join(posix.dirname(from), written) };
}
