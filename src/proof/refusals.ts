import { callsOnBuckets } from './event-catalogue.ts';
import type { Witness } from './event-set.ts';
import { type FieldSelector, refusedBy, type Selector } from './selectors.ts';
import { describeWitness } from './witness-text.ts';

/**
 * Which selectors refuse an event, and by what: `selector 2 refuses it (resources.ARN NotStartsWith)`. Those that
 * are about other events altogether are not named; where all are, that is the answer.
 */
export function whyRefused(selectors: readonly Selector[], event: Witness): string {
  const refusals = selectors.flatMap(({ fields, number }) => {
    const refusing = fields.flatMap((selector) => {
      const operator = refusedBy(selector, event.get(selector.field));
      return operator === undefined ? [] : [{ field: selector.field, operator }];
    });
    const [first] = refusing;
    if (!first || refusing.some(isAboutKind)) return [];
    return `selector ${number} refuses it (${first.field} ${first.operator})`;
  });
  return [...new Set(refusals)].join(', ');
}

/** Another category or resource type: such a selector was never meant for the event. */
const isAboutKind = ({ field }: Pick<FieldSelector, 'field'>): boolean =>
  field === 'eventCategory' || field === 'resources.type';

/** Of which selector nobody can say what it lets through; undefined: all are understood. */
export function whatIsUnclear(selectors: readonly Selector[]): string | undefined {
  const doubtful = selectors.find(({ unclear }) => unclear !== undefined);
  return doubtful && `what selector ${doubtful.number} asks of ${doubtful.unclear} is not documented`;
}

/** An event of which nobody can say whether selectors let it through, though they are understood. */
export function whatIsOpen(event: Witness): string {
  const isOnBucket = callsOnBuckets.includes(String(event.get('eventName')));
  return `${describeWitness(event)}${isOnBucket ? ', whose record has no ARN of an object to select it by' : ''}`;
}
