import { fillerOf } from '../anything-else.ts';
import type { EventSet, FieldTest, FieldValue } from '../event-set.ts';
import { starBorder } from '../glob.ts';
import { isComposite, mayBeNull } from '../record-composites.ts';
import { matchesAbsence, matchesValue } from './match.ts';
import type { Alternative, EventPattern, Fields, TextTest } from './pattern.ts';

/**
 * The events that a pattern matches (aws-semantics §7.4), said of the CloudTrail record in `detail`; what it says of
 * the envelope is about `envelope.source`, `envelope.detail-type` and the like.
 */
export function eventsOf({ variants }: EventPattern): EventSet {
  const [first = new Map(), ...others] = variants;
  // What all variants ask is asked once, so that `$or` costs no more than what stands in it.
  const shared: Fields = new Map(
    [...first].filter(([name, alternatives]) => others.every((fields) => fields.get(name) === alternatives)),
  );
  const own = variants.map((fields) => allOf([...fields].filter(([name]) => !shared.has(name))));
  return { all: [allOf([...shared]), { any: own }] };
}

const allOf = (fields: readonly Field[]): EventSet => ({ all: fields.map(testOf) });

type Field = readonly [name: string, alternatives: readonly Alternative[]];

function testOf([name, alternatives]: Field): EventSet {
  const [first, second = ''] = name.split('.');
  const isOfRecord = first === 'detail';
  // The record is an object, and holds no envelope: no value stands there.
  if (name === 'detail' || (isOfRecord && second === 'envelope'))
    return matchesAbsence(alternatives) ? { all: [] } : { any: [] };
  const field = isOfRecord ? name.slice('detail.'.length) : `envelope.${name}`;
  if (isOfRecord && isComposite(field)) return ofComposite(field, alternatives);
  const has = (value: FieldValue): boolean =>
    value === undefined ? matchesAbsence(alternatives) : matchesValue(alternatives, value);
  const border = joined(alternatives.map(borderOf));
  const others = noTexts.filter((value) => !border.whole.includes(value));
  const anyText = has(fillerOf([{ field: name, has: () => 'unknown', ...border }]));
  const isOpen = isOfRecord && !texts.has(second) && others.some((value) => has(value) !== anyText);
  return {
    field,
    has: (value) => (has(value) ? 'yes' : 'no'),
    ...border,
    ...(isOpen && { intricate: true }),
  };
}

/** Where an object or a list is, no value is: as if nothing were there; null, which some may be instead, is one. */
function ofComposite(field: string, alternatives: readonly Alternative[]): EventSet {
  const isAbsent = matchesAbsence(alternatives);
  const isOpen = mayBeNull(field) && matchesValue(alternatives, null) !== isAbsent;
  if (isOpen) return { ...bare, field, has: () => 'unknown' };
  return isAbsent ? { all: [] } : { any: [] };
}

/**
 * One of each kind of value that no text test takes: where a pattern tells any text from these, nobody knows whether
 * the service that writes the field ever writes one.
 */
const noTexts: readonly FieldValue[] = [true, false, 0.5, null];

/** Under these CloudTrail writes texts alone (aws-semantics §0.2); elsewhere a service writes what it likes. */
const texts: ReadonlySet<string> = new Set(
  (
    'apiVersion awsRegion edgeDeviceDetails errorCode errorMessage eventCategory eventID eventName eventSource ' +
    'eventTime eventType eventVersion recipientAccountId requestID resources sessionCredentialFromConsole ' +
    'sharedEventID sourceIPAddress tlsDetails userAgent userIdentity vpcEndpointAccountId vpcEndpointId'
  ).split(' '),
);

type Border = Pick<FieldTest, 'whole' | 'beginnings' | 'endings' | 'intricate'>;

const bare = { whole: [], beginnings: [], endings: [] } as const;

function borderOf(alternative: Alternative): Border {
  switch (alternative.is) {
    case 'equals':
      return { ...bare, whole: [alternative.value] };
    case 'anything-but':
      return { ...bare, whole: alternative.values };
    case 'text':
      return textBorder(alternative.how);
    case 'anything-but-text':
      return joined(alternative.tests.map(textBorder));
    case 'number': {
      const { above, below } = alternative.range;
      const bounds = [above, below].flatMap((bound) => bound?.value ?? []);
      return { ...bare, whole: bounds.flatMap((bound) => [bound - 1, bound, bound + 1]), intricate: true };
    }
    case 'cidr':
      return { ...bare, whole: [alternative.block.address], intricate: true };
    default:
      return bare;
  }
}

function textBorder(test: TextTest): Border {
  switch (test.by) {
    case 'equals-ignore-case':
      return { ...bare, whole: [test.text], intricate: true };
    case 'wildcard':
      return wildcardBorder(test.pieces);
    default: {
      const border = { ...bare, [test.by === 'prefix' ? 'beginnings' : 'endings']: [test.text] };
      return test.ignoreCase ? { ...border, intricate: true } : border;
    }
  }
}

function wildcardBorder(pieces: readonly string[]): Border {
  const [beginning = '', ...others] = pieces;
  const ending = others.pop();
  if (ending === undefined) return { ...bare, whole: [beginning] };
  const border = starBorder(beginning, ending);
  return others.length > 0 ? { ...border, intricate: true } : border;
}

const joined = (borders: readonly Border[]): Border => ({
  whole: borders.flatMap(({ whole }) => whole),
  beginnings: borders.flatMap(({ beginnings }) => beginnings),
  endings: borders.flatMap(({ endings }) => endings),
  ...(borders.some(({ intricate }) => intricate) && { intricate: true }),
});
