/** The part of JSON Schema (draft 7) that describes a report. */
export interface ReportSchema {
  readonly $schema?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, ReportSchema>>;
  readonly additionalProperties?: ReportSchema;
  readonly items?: ReportSchema;
}

type OptionalKey<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T];

/**
 * The schema of an object type. A property that is added to, dropped from or made optional in one of the two alone
 * does not compile. Further properties are let through: a report of a later version stays readable.
 */
export const objectOf =
  <T>() =>
  (
    properties: { readonly [Key in keyof T]-?: ReportSchema },
    optional: Readonly<Record<OptionalKey<T>, true>>,
  ): ReportSchema => ({
    type: 'object',
    required: Object.keys(properties).filter((name) => !Object.hasOwn(optional, name)),
    properties,
  });

export const anything: ReportSchema = {};
export const text: ReportSchema = { type: 'string' };
export const count: ReportSchema = { type: 'integer', minimum: 0 };
export const day: ReportSchema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
export const oneOf = (values: readonly unknown[]): ReportSchema => ({ enum: values });
export const list = (items: ReportSchema): ReportSchema => ({ type: 'array', items });
export const mapOf = (values: ReportSchema): ReportSchema => ({ type: 'object', additionalProperties: values });
