import { isObject, type ResourceView, read } from '../snapshot/resource-view.ts';
import type { Truth } from './answer.ts';
import { type EventSet, type FieldTest, nobodyKnowsWhich } from './event-set.ts';

/** A test of one value. */
const is = (field: string, value: string): FieldTest => ({
  field,
  has: (given) => (given === value ? 'yes' : 'no'),
  whole: [value],
  beginnings: [],
  endings: [],
});

const isInsight = is('eventCategory', 'Insight');

/**
 * The Insights events that a trail records (aws-semantics §3): of each type that it is set to, those that count calls
 * which it records itself. Of such an event `readOnly` says whether the counted calls read.
 * @param recorded What the trail's event selectors record.
 */
export function insightsOf(trail: ResourceView, recorded: EventSet): EventSet {
  const reading = read(trail, 'InsightSelectors');
  const listed = reading.is === 'value' && Array.isArray(reading.value) ? reading.value.filter(isObject) : [];
  if (listed.length > 0) return { any: listed.map((selector) => countedBy(selector, recorded)) };
  const { HasInsightSelectors } = trail.item;
  // What AWS says of the trail itself holds where it lists none, or nobody could read the list.
  const isNone = HasInsightSelectors === false || (reading.is !== 'gap' && HasInsightSelectors !== true);
  return isNone ? none : { all: [isInsight, nobodyKnowsWhich] };
}

/**
 * What an event data store records without its Insights events: whether another one delivers them to it is in the
 * settings of that one, which are not read.
 */
export const exceptInsights = (recorded: EventSet): EventSet => ({
  all: [recorded, { any: [{ not: isInsight }, nobodyKnowsWhich] }],
});

const none: EventSet = { any: [] };

/** Without categories a selector counts management events. */
function countedBy(selector: Readonly<Record<string, unknown>>, recorded: EventSet): EventSet {
  const { InsightType, EventCategories } = selector;
  const categories = Array.isArray(EventCategories) && EventCategories.length > 0 ? EventCategories : ['Management'];
  const counted = categories.map((category) => asCounted(recorded, String(category)));
  return { all: [isInsight, is('insightDetails.insightType', String(InsightType)), { any: counted }] };
}

/** What of the calls that an Insights event counts a selection says, by the fields of that event. */
function asCounted(set: EventSet, category: string): EventSet {
  if ('any' in set) return { any: set.any.map((part) => asCounted(part, category)) };
  if ('all' in set) return { all: set.all.map((part) => asCounted(part, category)) };
  if ('not' in set) return { not: asCounted(set.not, category) };
  switch (set.field) {
    case 'eventCategory':
      return constant[set.has(category)];
    case 'eventType':
      return constant[set.has('AwsApiCall')];
    case 'readOnly':
      return set;
    case 'eventSource':
    case 'eventName':
      return { ...set, field: `insightDetails.${set.field}` };
    default:
      return nobodyKnowsWhich;
  }
}

const constant: Readonly<Record<Truth, EventSet>> = { yes: { all: [] }, no: none, unknown: nobodyKnowsWhich };
