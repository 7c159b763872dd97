import type { ErrorObject } from 'ajv';
import { type Diagnostic, type Pointer, sortDiagnostics } from './diagnostic.ts';
import { propertiesOf, sayMistake, show } from './schema-words.ts';
import { didYouMean, nearest } from './suggest.ts';
import type { TextDocument } from './text-document.ts';

/** The shape of AJV's compiled validators, be they compiled at run time or at build time. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

export interface SchemaErrorOptions {
  readonly file: string;
  readonly position: TextDocument['position'];
  /** How a part is called in a message. Default: the dotted path from the root. */
  readonly nameOf?: (pointer: Pointer) => string;
  /** The pointer as the file spells it, when the validated value was respelled. */
  readonly asWritten?: (pointer: Pointer) => Pointer;
  /** Another sentence for a property that the schema does not know. */
  readonly unknownProperty?: (key: string, object: unknown) => { message: string; hint?: string } | undefined;
}

/** They only say that something below them failed; what failed says it better. */
const parents = new Set(['if', 'allOf', 'anyOf', 'oneOf', 'not', 'propertyNames', 'contains', 'dependencies']);
/** Past these nobody reads on, and comparing and placing each costs time. */
const readMost = 10_000;
const placedMost = 1000;

/**
 * AJV's errors (`allErrors`, `verbose`, `discriminator`) in the words of the file's author: one mistake one diagnostic,
 * placed at the key of an unknown property and at the value otherwise.
 */
export function schemaDiagnostics(
  errors: readonly ErrorObject[] | null | undefined,
  options: SchemaErrorOptions,
): readonly Diagnostic[] {
  const causes = joinTypes(causesOf((errors ?? []).slice(0, readMost))).slice(0, placedMost);
  return sortDiagnostics(causes.map((error) => diagnosticOf(error, options)));
}

/** `/resources/AWS::S3::Bucket/0` as a way into the value. JSON pointers don't say which digits are indexes. */
export function pointerOf(instancePath: string): Pointer {
  if (instancePath === '') return [];
  const steps = instancePath.slice(1).split('/');
  return steps.map((step) => (/^\d+$/u.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** `Rules[0].Status` */
export function dotted(pointer: Pointer): string {
  return pointer.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}

function causesOf(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const leaves = errors.filter(({ keyword }) => !parents.has(keyword));
  const failed = new Set(leaves.flatMap(({ instancePath }) => prefixesOf(instancePath)));
  const lonely = errors.filter(({ keyword, instancePath }) => parents.has(keyword) && !failed.has(instancePath));
  const isExplained = explanationOf(errors, leaves);
  return [...leaves.filter((leaf) => !isExplained(leaf)), ...lonely];
}

/** Says which errors only follow from another one. */
function explanationOf(errors: readonly ErrorObject[], leaves: readonly ErrorObject[]): (leaf: ErrorObject) => boolean {
  const misspelt = misspeltNames(leaves);
  const missing = new Set(
    leaves.map(({ instancePath, params }) => `${instancePath}/${String(params.missingProperty)}`),
  );
  const alternatives = new Set(
    errors.flatMap(({ keyword, instancePath }) => (keyword === 'anyOf' || keyword === 'oneOf' ? instancePath : [])),
  );
  const failedInside = new Set(leaves.flatMap(({ instancePath }) => prefixesOf(instancePath).slice(1)));
  return ({ keyword, instancePath, params }) => {
    if (keyword === 'required') return misspelt.has(`${instancePath}/${String(params.missingProperty)}`);
    if (keyword === 'discriminator') return missing.has(`${instancePath}/${String(params.tag)}`);
    // The alternative that got as far as the members is the one that was meant.
    return keyword === 'type' && alternatives.has(instancePath) && failedInside.has(instancePath);
  };
}

/** The paths of required properties that are there under a misspelt name: one mistake, not two. */
function misspeltNames(errors: readonly ErrorObject[]): ReadonlySet<string> {
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  return new Set(
    unknown.flatMap((error) => {
      const meant = nearest(String(error.params.additionalProperty), propertiesOf(error.parentSchema));
      return meant === undefined ? [] : `${error.instancePath}/${meant}`;
    }),
  );
}

function prefixesOf(path: string): readonly string[] {
  const prefixes = [path];
  for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
    prefixes.push(path.slice(0, at));
    if (at === 0) break;
  }
  return prefixes;
}

/** Several alternatives each ask for another type: one mistake, "must be a string or an object". */
function joinTypes(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const wanted = Map.groupBy(
    errors.filter(({ keyword }) => keyword === 'type'),
    ({ instancePath }) => instancePath,
  );
  return errors.flatMap((error) => {
    const group = error.keyword === 'type' ? wanted.get(error.instancePath) : undefined;
    if (!group) return error;
    if (group[0] !== error) return [];
    return {
      ...error,
      params: { type: [...new Set(group.flatMap(({ params }) => params.type as string | string[]))] },
    };
  });
}

function diagnosticOf(error: ErrorObject, options: SchemaErrorOptions): Diagnostic {
  const { file, nameOf = dotted, asWritten = (pointer: Pointer) => pointer } = options;
  const pointer = pointerOf(error.instancePath);
  const at = (way: Pointer, what: 'key' | 'value') => ({ file, ...options.position(asWritten(way), what) });
  if (error.keyword === 'additionalProperties') {
    const way = [...pointer, String(error.params.additionalProperty)];
    const written = String(asWritten(way).at(-1));
    return { ...at(way, 'key'), ...unknownProperty(written, error, options) };
  }
  if (error.propertyName !== undefined) {
    const name = error.propertyName;
    return { ...at([...pointer, name], 'key'), ...sayMistake({ ...error, data: name }, `the name ${show(name)}`) };
  }
  if (error.keyword === 'discriminator') {
    const way = [...pointer, String(error.params.tag)];
    return { ...at(way, 'value'), ...sayMistake(error, nameOf(way)) };
  }
  return { ...at(pointer, 'value'), ...sayMistake(error, nameOf(pointer)) };
}

function unknownProperty(key: string, { parentSchema, data, instancePath }: ErrorObject, options: SchemaErrorOptions) {
  const other = options.unknownProperty?.(key, data);
  if (other) return other;
  const known = propertiesOf(parentSchema);
  const { nameOf = dotted } = options;
  const title: unknown = parentSchema?.title ?? (nameOf(pointerOf(instancePath)) || 'this file');
  // An object schema's `$comment` says what its members are, where that is not properties (`a resource type`).
  const wanted: unknown = parentSchema?.$comment ?? `a property of ${String(title)}`;
  const hint =
    didYouMean(key, known) ?? (known.length > 0 && known.length <= 10 ? `it has ${known.join(', ')}` : undefined);
  return { message: `${key} is not ${String(wanted)}`, ...(hint !== undefined && { hint }) };
}
