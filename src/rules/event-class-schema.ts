import { waysToLearn } from '../proof/alerting/alerts.ts';
import { closed, ifType, list, orParameter, orWord, ref, type Schema } from './schema-parts.ts';

export const eventCategories: readonly string[] = ['Management', 'Data', 'NetworkActivity', 'Insight'];

/** How a field of a CloudTrail record is called. */
export const fieldName = /^[a-z][A-Za-z]*(\.[A-Za-z]+)*$/;

/** What can be said of a field besides its values. */
export const fieldOperators: readonly string[] = ['not', 'in', 'like', 'exists', 'equals'];

/** The definitions of event classes, and of the verbs that ask about them (design §5). */
export function eventClass(): Schema {
  const value = { type: ['string', 'boolean', 'number'] };
  const values = ifType('array', list(value), value);
  const field = ifType(
    'object',
    closed(
      'an event class field',
      {
        not: ref('eventField'),
        in: orParameter(list(value), 'a list'),
        like: ifType('array', list({ type: 'string' }), { type: 'string' }),
        exists: { type: 'boolean' },
        equals: value,
      },
      { minProperties: 1 },
    ),
    values,
  );
  const categories = { enum: eventCategories };
  return {
    eventField: field,
    eventClass: {
      title: 'an event class',
      type: 'object',
      minProperties: 1,
      propertyNames: {
        pattern: fieldName.source,
        $comment: 'a field of a CloudTrail record, like eventName',
      },
      properties: {
        eventCategory: ifType('string', categories, ifType('array', list(categories), ref('eventField'))),
        readOnly: { type: 'boolean' },
        regions: ifType('array', list({ type: 'string' }), { type: 'string' }),
      },
      additionalProperties: ref('eventField'),
    },
    eventClasses: ifType(
      'string',
      { pattern: '^\\$[A-Za-z]', $comment: 'an event class, or $parameter' },
      ifType('array', list(ref('eventClass')), ref('eventClass')),
    ),
    eventSet: eventsOrName(ifType('array', list(eventsOrName(ref('eventClass'))), ref('eventClass'))),
    records: {
      if: { type: 'object', required: ['except'] },
      then: closed('records', { every: ref('eventClasses'), except: { enum: ['logBuckets'] } }, { minProperties: 2 }),
      else: {
        if: { type: 'object', anyOf: ['every', 'some', 'none'].map((name) => ({ required: [name] })) },
        then: closed(
          'records',
          Object.fromEntries(['every', 'some', 'none'].map((name) => [name, ref('eventClasses')])),
          { maxProperties: 1 },
        ),
        else: ref('eventClasses'),
      },
    },
    keeps: closed(
      'keeps',
      {
        atLeast: orParameter({ type: 'integer', minimum: 0 }, 'a number of days'),
        measure: { enum: ['current', 'permanent', 'queryable', 'undeletable'] },
        events: ref('eventClasses'),
        in: list({ enum: ['bucket', 'logGroup', 'eventDataStore'] }),
      },
      { required: ['atLeast'] },
    ),
    alerts: closed('alerts', { events: ref('eventClasses'), via: orWord(waysToLearn) }, { required: ['events'] }),
    permits: closed(
      'permits',
      {
        principal: { type: 'string', minLength: 1 },
        action: ifType('array', list({ type: 'string' }), { type: 'string' }),
        resource: { type: 'string' },
        context: {
          type: 'object',
          additionalProperties: ifType(
            'object',
            closed('a condition key', { exists: { const: false } }, { required: ['exists'] }),
            ifType('array', list({ type: 'string' }), { type: 'string' }),
          ),
        },
      },
      { required: ['principal', 'action'] },
    ),
    limits: closed(
      'limits',
      {
        action: ifType('array', list({ type: 'string' }), { type: 'string' }),
        resource: { type: 'string' },
        to: ifType('array', list({ type: 'string' }), { type: 'string' }),
        organization: { type: 'boolean' },
      },
      { required: ['action', 'to'] },
    ),
    denies: closed(
      'denies',
      {
        by: { enum: ['scp'] },
        action: ifType('array', list({ type: 'string' }), { type: 'string' }),
        except: ifType('array', { items: { type: 'string' } }, { type: 'string' }),
      },
      { required: ['by', 'action'] },
    ),
    grants: closed(
      'grants',
      { action: ifType('array', list({ type: 'string' }), { type: 'string' }) },
      { required: ['action'] },
    ),
  };
}

/** What a parameter of events may be, or an element of it: the name of a set, or classes. */
const eventsOrName = (classes: Schema): Schema => ifType('string', { minLength: 1 }, classes);
