import type { Witness } from './event-set.ts';
import { type FieldSelector, refusedBy, type Selector } from './selectors.ts';

/**
 * Which selectors refuse an event, and by what: `selector 2 refuses it (resources.ARN NotStartsWith)`. Those that
 * are about other events altogether are not named; where all are, that is the answer.
 */
export function whyRefused(selectors: readonly Selector[], event: Witness): string {
  const refusals = selectors.flatMap((selector, index) => {
    const refusing = selector.fields.filter((field) => refusedBy(field, event.get(field.field)) !== undefined);
    return refusing.some(isAboutKind) ? [] : refusing.slice(0, 1).map((field) => ({ field, number: index + 1 }));
  });
  return refusals
    .map(({ field, number }) => {
      const operator = refusedBy(field, event.get(field.field)) ?? '';
      return `selector ${number} refuses it (${field.field} ${operator})`;
    })
    .join(', ');
}

/** Another category or resource type: such a selector was never meant for the event. */
const isAboutKind = ({ field }: FieldSelector): boolean => field === 'eventCategory' || field === 'resources.type';
