import type { ErrorObject } from 'ajv';
import { didYouMean } from './suggest.ts';

/** What is said of a mistake, without its place. */
export interface Said {
  readonly message: string;
  readonly hint?: string;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** The properties that a schema names. */
export function propertiesOf(schema: ErrorObject['parentSchema']): readonly string[] {
  const properties: unknown = schema?.properties;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

/** A value in a message: short, strings in quotes, containers by their kind. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
  return typeof value === 'string' && value.length > 60 ? `${text.slice(0, -1)}…"` : text;
}

/** What one AJV error means; `name`: what it is about, empty for the whole file. */
export function sayMistake(error: ErrorObject, name: string): Said {
  const { keyword, params, data } = error;
  const it = name === '' ? 'the file' : name;
  switch (keyword) {
    case 'enum':
      return notOneOf(it, data, (params.allowedValues as readonly unknown[]).map(String));
    case 'discriminator':
      return sayTag(error, it);
    case 'const':
      return { message: `${it} must be ${show(params.allowedValue)}, not ${show(data)}` };
    case 'type':
      return sayType(error, it);
    case 'required':
      return { message: `${String(params.missingProperty)} is missing`, ...ownerHint(error, name) };
    case 'pattern':
    case 'format':
      return {
        message: `${it} must be ${describe(error) ?? `like ${params.pattern ?? params.format}`}, not ${show(data)}`,
      };
    default:
      return saySize(error, it);
  }
}

function saySize({ keyword, params, message, parentSchema }: ErrorObject, it: string): Said {
  const limit = Number(params.limit);
  const isExact = parentSchema?.[keyword.replace('max', 'min')] === limit;
  switch (keyword) {
    case 'minProperties':
    case 'minItems':
    case 'minLength':
      return { message: limit === 1 ? `${it} must not be empty` : `${it} must hold at least ${limit}` };
    case 'maxProperties':
    case 'maxItems':
    case 'maxLength':
      return {
        message: `${it} must hold ${isExact ? 'exactly' : 'at most'} ${limit}`,
      };
    case 'minimum':
    case 'exclusiveMinimum':
      return { message: `${it} must be ${keyword === 'minimum' ? 'at least' : 'more than'} ${limit}` };
    case 'maximum':
    case 'exclusiveMaximum':
      return { message: `${it} must be ${keyword === 'maximum' ? 'at most' : 'less than'} ${limit}` };
    case 'uniqueItems':
      return { message: `${it} holds the same twice` };
    case 'false schema':
    case 'not':
      return { message: `${it} cannot stand here` };
    default:
      return { message: `${it} ${message ?? 'is not valid'}` };
  }
}

function notOneOf(it: string, data: unknown, allowed: readonly string[]): Said {
  const near = typeof data === 'string' ? didYouMean(data, allowed) : undefined;
  return { message: `${it} cannot be ${show(data)}`, hint: near ?? `one of ${allowed.join(', ')}` };
}

/** The property that says which alternative is meant: missing, or none of them. */
function sayTag({ params, parentSchema }: ErrorObject, it: string): Said {
  const { tag, tagValue } = params as { readonly tag: string; readonly tagValue: unknown };
  const allowed = tagValues(tag, parentSchema);
  if (params.error === 'mapping') return notOneOf(it, tagValue, allowed);
  const message = tagValue === undefined ? `${tag} is missing` : `${it} must be a string, not ${show(tagValue)}`;
  return { message, hint: `one of ${allowed.join(', ')}` };
}

function tagValues(tag: string, schema: ErrorObject['parentSchema']): readonly string[] {
  // AJV has compiled the schema, so its alternatives are schemas: each names its tag, or is a reference called like it.
  const alternatives = (schema?.oneOf ?? []) as readonly {
    readonly $ref?: string;
    readonly properties?: Readonly<Record<string, { readonly const?: unknown; readonly enum?: readonly unknown[] }>>;
  }[];
  return alternatives.flatMap(({ $ref, properties }) => {
    const named = properties?.[tag];
    if (named) return (named.enum ?? [named.const]).map(String);
    return $ref === undefined ? [] : decodeURIComponent($ref.slice($ref.lastIndexOf('/') + 1));
  });
}

function sayType(error: ErrorObject, it: string): Said {
  const { params, data } = error;
  const types = [params.type as string | readonly string[]].flat();
  const described = types.includes('object') ? undefined : describe(error);
  const wanted = described ?? types.map((type) => typeWords[type] ?? type).join(' or ');
  const kind = typeof data === 'number' && types.includes('string') ? 'the number ' : '';
  const hint = typeHint(types, data);
  return { message: `${it} must be ${wanted}, not ${kind}${show(data)}`, ...(hint !== undefined && { hint }) };
}

function typeHint(types: readonly string[], data: unknown): string | undefined {
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) return 'quote it';
  if (typeof data !== 'string') return undefined;
  if (types.includes('boolean') && /^(true|false)$/iu.test(data)) return 'write it without quotes, in small letters';
  if (types.includes('boolean') && /^(yes|no|on|off)$/iu.test(data)) return 'YAML 1.2 says true and false';
  const isNumber = types.includes('number') || types.includes('integer');
  return isNumber && /^-?\d+(\.\d+)?$/u.test(data) ? 'write it without quotes' : undefined;
}

/** A schema's `$comment` says in words what the value must be: better than a pattern. */
function describe({ parentSchema }: ErrorObject): string | undefined {
  const words: unknown = parentSchema?.$comment;
  return typeof words === 'string' ? words : undefined;
}

function ownerHint({ parentSchema }: ErrorObject, name: string): { readonly hint?: string } {
  const title: unknown = parentSchema?.title;
  const owner = typeof title === 'string' ? title : name;
  return owner === '' ? {} : { hint: `${owner} needs it` };
}
