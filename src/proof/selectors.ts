import { isObject } from '../snapshot/resource-view.ts';
import type { EventSet, FieldTest, FieldValue } from './event-set.ts';
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

/** One selector: every field must pass. `path` names it in evidence (`AdvancedEventSelectors[0]`). */
export interface Selector {
  readonly path: string;
  readonly fields: readonly FieldSelector[];
  /** A field of which it asks something that nobody knows how to read. */
  readonly unclear?: string;
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const objects = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

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

/** What a trail records that nobody ever gave selectors: all management events (aws-semantics §2.1). */
const defaultSelectors: readonly Selector[] = [
  { path: 'HasCustomEventSelectors', fields: [field('eventCategory', { equals: ['Management'] })] },
];

/** Both forms as one; the advanced form wins where both are there (aws-semantics §2.1). */
export function readSelectors(basic: unknown, advanced: unknown): readonly Selector[] {
  const advancedForm = objects(advanced);
  if (advancedForm.length > 0) return advancedForm.map(readAdvanced).filter(isComplete);
  const basicForm = objects(basic);
  return basicForm.length > 0 ? basicForm.flatMap(readBasic) : defaultSelectors;
}

/** CloudTrail takes no selector without a category nor a field without an operator: such a one selects nothing. */
const isComplete = ({ fields }: Selector): boolean =>
  fields.some(({ field, equals }) => field === 'eventCategory' && equals.length > 0) &&
  fields.every(({ field: _, ...lists }) => Object.values(lists).some(({ length }) => length > 0));

function readAdvanced({ FieldSelectors }: Readonly<Record<string, unknown>>, index: number): Selector {
  return {
    path: `AdvancedEventSelectors[${index}]`,
    fields: objects(FieldSelectors).map((selector) =>
      field(String(selector.Field), {
        equals: texts(selector.Equals),
        startsWith: texts(selector.StartsWith),
        endsWith: texts(selector.EndsWith),
        notEquals: texts(selector.NotEquals),
        notStartsWith: texts(selector.NotStartsWith),
        notEndsWith: texts(selector.NotEndsWith),
      }),
    ),
  };
}

const directions: ReadonlyMap<string, readonly FieldSelector[]> = new Map([
  ['All', []],
  ['ReadOnly', [field('readOnly', { equals: ['true'] })]],
  ['WriteOnly', [field('readOnly', { equals: ['false'] })]],
]);

const everyBucket = /^arn:[^:]+:s3(:::)?$/;
const everyOther = /^arn:[^:]+:(lambda|dynamodb)$/;

/** A basic selector, written as advanced ones (aws-semantics §2.2). */
function readBasic(selector: Readonly<Record<string, unknown>>, index: number): readonly Selector[] {
  const path = `EventSelectors[${index}]`;
  const direction = directions.get(String(selector.ReadWriteType ?? 'All'));
  const unclear = direction ? {} : { unclear: 'readOnly' };
  const excluded = texts(selector.ExcludeManagementEventSources);
  const management: Selector = {
    path,
    ...unclear,
    fields: [
      field('eventCategory', { equals: ['Management'] }),
      ...(direction ?? []),
      ...(excluded.length > 0 ? [field('eventSource', { notEquals: excluded })] : []),
    ],
  };
  const named = objects(selector.DataResources).filter(({ Values }) => texts(Values).length > 0);
  const data = named.map(
    ({ Type, Values }): Selector => ({
      path,
      ...unclear,
      fields: [
        field('eventCategory', { equals: ['Data'] }),
        field('resources.type', { equals: [String(Type)] }),
        ...(direction ?? []),
        ...resourceField(String(Type), texts(Values)),
      ],
    }),
  );
  return [...(selector.IncludeManagementEvents === false ? [] : [management]), ...data];
}

/** Buckets are named by the beginning of their objects' ARNs, functions and tables by their whole ARN. */
function resourceField(type: string, values: readonly string[]): readonly FieldSelector[] {
  if (type === 'AWS::S3::Object') {
    return values.some((value) => everyBucket.test(value)) ? [] : [field('resources.ARN', { startsWith: values })];
  }
  return values.some((value) => everyOther.test(value)) ? [] : [field('resources.ARN', { equals: values })];
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

/** The events that selectors record: those that some selector lets through in every field (aws-semantics §2.4). */
export const recordedBy = (selectors: readonly Selector[]): EventSet => ({
  any: selectors.map(({ fields, unclear }) => ({
    all: [...fields.map(testOf), ...(unclear ? [nobodyKnows(unclear)] : [])],
  })),
});

const nobodyKnows = (field: string): FieldTest => ({
  field,
  has: () => 'unknown',
  whole: [],
  beginnings: [],
  endings: [],
});
