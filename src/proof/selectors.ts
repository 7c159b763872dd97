import { isObject } from '../snapshot/resource-view.ts';
import { byArnOfObjects } from './calls-on-buckets.ts';
import { type EventSet, type FieldTest, type FieldValue, nobodyKnowsWhich } from './event-set.ts';
import { isListed, startsWithOne } from './text-index.ts';

/** What one selector asks of one field of a record; the six operators of an advanced selector. */
export interface FieldSelector {
  readonly field: string;
  readonly equals: readonly string[];
  readonly startsWith: readonly string[];
  readonly endsWith: readonly string[];
  readonly notEquals: readonly string[];
  readonly notStartsWith: readonly string[];
  readonly notEndsWith: readonly string[];
}

/** One selector: every field must pass. */
export interface Selector {
  /** How AWS counts it, from 1. */
  readonly number: number;
  readonly fields: readonly FieldSelector[];
  /** A field of which it asks something that nobody knows how to read. */
  readonly unclear?: string;
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const entries = (value: unknown): readonly unknown[] => (value === undefined || value === null ? [] : [value].flat());

const field = (name: string, conditions: Partial<FieldSelector>): FieldSelector => ({
  field: name,
  equals: [],
  startsWith: [],
  endsWith: [],
  notEquals: [],
  notStartsWith: [],
  notEndsWith: [],
  ...conditions,
});

const category = 'eventCategory';

/** What a trail records that nobody ever gave selectors: all management events (aws-semantics §2.1). */
const defaultSelectors: readonly Selector[] = [{ number: 1, fields: [field(category, { equals: ['Management'] })] }];

/** Both forms as one; the advanced form wins where both are there (aws-semantics §2.1). */
export function readSelectors(basic: unknown, advanced: unknown): readonly Selector[] {
  const advancedForm = entries(advanced);
  if (advancedForm.length > 0) return advancedForm.map(readAdvanced);
  const basicForm = entries(basic);
  return basicForm.length > 0 ? basicForm.flatMap(readBasic) : defaultSelectors;
}

const operators: ReadonlyMap<string, keyof Omit<FieldSelector, 'field'>> = new Map([
  ['Equals', 'equals'],
  ['StartsWith', 'startsWith'],
  ['EndsWith', 'endsWith'],
  ['NotEquals', 'notEquals'],
  ['NotStartsWith', 'notStartsWith'],
  ['NotEndsWith', 'notEndsWith'],
]);

/**
 * CloudTrail takes no selector without a category and no field without an operator. One that seems to lack it has what
 * nobody here knows how to read: then the selector records at most what its other fields let through.
 */
function readAdvanced(written: unknown, index: number): Selector {
  const asked = entries(isObject(written) ? written.FieldSelectors : undefined).map(readField);
  const fields = asked.flatMap(({ field, isClear }) => (isClear ? [field] : []));
  const hasCategory = fields.some(({ field, equals }) => field === category && equals.length > 0);
  const unclear = hasCategory ? asked.find(({ isClear }) => !isClear)?.field.field : category;
  return { number: index + 1, fields, ...(unclear !== undefined && { unclear }) };
}

function readField(written: unknown): { readonly field: FieldSelector; readonly isClear: boolean } {
  const { Field, ...conditions } = isObject(written) ? written : {};
  const asked = Object.entries(conditions).map(([name, values]) => [operators.get(name), texts(values)] as const);
  return {
    field: field(String(Field), Object.fromEntries(asked)),
    isClear: asked.every(([operator]) => operator) && asked.some(([, values]) => values.length > 0),
  };
}

const directions: ReadonlyMap<string, readonly FieldSelector[]> = new Map([
  ['All', []],
  ['ReadOnly', [field('readOnly', { equals: ['true'] })]],
  ['WriteOnly', [field('readOnly', { equals: ['false'] })]],
]);

/** A basic selector, written as advanced ones (aws-semantics §2.2). */
function readBasic(written: unknown, index: number): readonly Selector[] {
  const number = index + 1;
  if (!isObject(written)) return [{ number, fields: [], unclear: category }];
  const direction = directions.get(String(written.ReadWriteType ?? 'All'));
  const unclear = direction ? {} : { unclear: 'readOnly' };
  const excluded = texts(written.ExcludeManagementEventSources);
  const management: Selector = {
    number,
    ...unclear,
    fields: [
      field(category, { equals: ['Management'] }),
      ...(direction ?? []),
      ...(excluded.length > 0 ? [field('eventSource', { notEquals: excluded })] : []),
    ],
  };
  const data = entries(written.DataResources)
    .filter(isObject)
    .flatMap(({ Type, Values }) => resourcesNamed(String(Type), texts(Values)))
    .map(
      ({ fields, ...doubt }): Selector => ({
        number,
        ...unclear,
        ...doubt,
        fields: [field(category, { equals: ['Data'] }), ...(direction ?? []), ...fields],
      }),
    );
  return [...(written.IncludeManagementEvents === false ? [] : [management]), ...data];
}

/** The value that stands for every resource of a type, in whichever partition. */
const everyOne: ReadonlyMap<string, RegExp> = new Map([
  ['AWS::S3::Object', /^arn:[^:]+:s3(:::)?$/],
  ['AWS::Lambda::Function', /^arn:[^:]+:lambda$/],
  ['AWS::DynamoDB::Table', /^arn:[^:]+:dynamodb$/],
]);

const bareBucket = /^arn:[^:]+:s3:::[^/]+$/;

/**
 * Buckets are named by the beginning of their objects' ARNs, functions and tables by their whole ARN. A bucket without
 * the slash is not documented: it means its objects, and perhaps those of every bucket whose name begins so.
 */
function resourcesNamed(type: string, values: readonly string[]): readonly Pick<Selector, 'fields' | 'unclear'>[] {
  if (values.length === 0) return [];
  const ofType = field('resources.type', { equals: [type] });
  if (values.some((value) => everyOne.get(type)?.test(value))) return [{ fields: [ofType] }];
  if (type !== 'AWS::S3::Object') return [{ fields: [ofType, field('resources.ARN', { equals: values })] }];
  const bare = values.filter((value) => bareBucket.test(value));
  const startsWith = values.map((value) => (bareBucket.test(value) ? `${value}/` : value));
  return [
    { fields: [ofType, field('resources.ARN', { startsWith })] },
    ...(bare.length > 0
      ? [{ fields: [ofType, field('resources.ARN', { startsWith: bare })], unclear: 'resources.ARN' }]
      : []),
  ];
}

/**
 * The selectors as the objects of one partition meet them: how all their ARNs begin chooses none among them, and what
 * leaves out those of another partition leaves out nothing.
 */
export const inPartition = (selectors: readonly Selector[], partition: string): readonly Selector[] =>
  selectors.map((selector) => {
    const types = selector.fields.filter((it) => it.field === 'resources.type').flatMap(({ equals }) => equals);
    if (types.join() !== 'AWS::S3::Object') return selector;
    return { ...selector, fields: selector.fields.map((it) => ofObjects(it, `arn:${partition}:s3:::`)) };
  });

function ofObjects(it: FieldSelector, all: string): FieldSelector {
  if (it.field !== 'resources.ARN') return it;
  const shortened = (beginnings: readonly string[]): readonly string[] =>
    beginnings.map((beginning) => (all.startsWith(beginning) ? '' : beginning));
  return {
    ...it,
    startsWith: shortened(it.startsWith),
    notStartsWith: shortened(it.notStartsWith).filter((beginning) => beginning === '' || beginning.startsWith(all)),
    notEquals: it.notEquals.filter((arn) => arn.startsWith(all)),
  };
}

/** What of a record a selector compares: a flag as the text that stands for it. */
const textOf = (value: FieldValue): string | undefined =>
  value === undefined || value === null ? undefined : String(value);

const endsWithOne = (value: string, endings: readonly string[]): boolean =>
  endings.some((ending) => value.endsWith(ending));

/**
 * Which operator turns a value away, `undefined` if none does (aws-semantics §2.4): no deselecting value may hit, and
 * some selecting one must if there are any. A record without the field passes what deselects and fails what selects.
 */
export function refusedBy(selector: FieldSelector, given: FieldValue): string | undefined {
  const value = textOf(given);
  const { equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = selector;
  if (value !== undefined) {
    if (isListed(notEquals, value)) return 'NotEquals';
    if (startsWithOne(value, notStartsWith)) return 'NotStartsWith';
    if (endsWithOne(value, notEndsWith)) return 'NotEndsWith';
  }
  if (equals.length + startsWith.length + endsWith.length === 0) return undefined;
  const selects =
    value !== undefined &&
    (isListed(equals, value) || startsWithOne(value, startsWith) || endsWithOne(value, endsWith));
  if (selects) return undefined;
  return [equals.length > 0 && 'Equals', startsWith.length > 0 && 'StartsWith', endsWith.length > 0 && 'EndsWith']
    .filter(Boolean)
    .join(' and ');
}

/** The test that a selector makes on one field. */
const testOf = (selector: FieldSelector): FieldTest => ({
  field: selector.field,
  has: (value) => (refusedBy(selector, value) === undefined ? 'yes' : 'no'),
  whole: [...selector.equals, ...selector.notEquals],
  beginnings: [...selector.startsWith, ...selector.notStartsWith],
  endings: [...selector.endsWith, ...selector.notEndsWith],
});

/** Whether a selector takes objects of buckets, by the types that it names. */
const takesObjects = (fields: readonly FieldSelector[]): boolean =>
  fields.every((it) => it.field !== 'resources.type' || refusedBy(it, 'AWS::S3::Object') === undefined);

const askedBy = (fields: readonly FieldSelector[]): readonly EventSet[] =>
  fields.map((it) =>
    it.field === 'resources.ARN' && takesObjects(fields) ? byArnOfObjects(it, testOf(it)) : testOf(it),
  );

/** The events that selectors record: those that some selector lets through in every field (aws-semantics §2.4). */
export const recordedBy = (selectors: readonly Selector[]): EventSet => ({
  any: selectors.map(({ fields, unclear }) => ({
    all: [...askedBy(fields), ...(unclear === undefined ? [] : [nobodyKnowsWhich])],
  })),
});
