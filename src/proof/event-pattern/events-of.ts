import type { EventSet, FieldTest } from '../event-set.ts';
import { starBorder } from '../glob.ts';
import { matchesLeaf } from './match.ts';
import { type Alternative, type EventPattern, isLeaf, type PatternNode, type TextTest } from './pattern.ts';

/**
 * The events that a pattern matches, said of the CloudTrail record in `detail`; what it says of the envelope is about
 * `envelope.source`, `envelope.detail-type` and the like.
 */
export const eventsOf = ({ pattern }: EventPattern): EventSet => setOf(pattern, []);

const setOf = ({ variants }: PatternNode, path: readonly string[]): EventSet => ({
  any: variants.map((fields) => ({
    all: [...fields].map(([key, field]) =>
      isLeaf(field) ? testOf(field, [...path, key]) : setOf(field, [...path, key]),
    ),
  })),
});

function testOf(alternatives: readonly Alternative[], [first = '', ...rest]: readonly string[]): FieldTest {
  const borders = alternatives.map(borderOf);
  return {
    field: first === 'detail' ? rest.join('.') : ['envelope', first, ...rest].join('.'),
    has: (value) => (matchesLeaf(alternatives, value === undefined ? [] : [value]) ? 'yes' : 'no'),
    whole: borders.flatMap(({ whole }) => whole ?? []),
    beginnings: borders.flatMap(({ beginnings }) => beginnings ?? []),
    endings: borders.flatMap(({ endings }) => endings ?? []),
    ...(borders.some(({ intricate }) => intricate) && { intricate: true }),
  };
}

type Border = Partial<Pick<FieldTest, 'whole' | 'beginnings' | 'endings' | 'intricate'>>;

function borderOf(alternative: Alternative): Border {
  switch (alternative.is) {
    case 'equals':
      return { whole: [alternative.value] };
    case 'anything-but':
      return { whole: alternative.values };
    case 'text':
      return textBorder(alternative.how);
    case 'anything-but-text':
      return joined(alternative.tests.map(textBorder));
    case 'number': {
      const bounds = [alternative.range.above?.value, alternative.range.below?.value].filter((it) => it !== undefined);
      return { whole: bounds.flatMap((bound) => [bound - 1, bound, bound + 1]), intricate: true };
    }
    case 'cidr':
      return { intricate: true };
    default:
      return {};
  }
}

function textBorder(test: TextTest): Border {
  switch (test.by) {
    case 'equals-ignore-case':
      return { whole: [test.text], intricate: true };
    case 'wildcard':
      return wildcardBorder(test.pieces);
    default: {
      const border = test.by === 'prefix' ? { beginnings: [test.text] } : { endings: [test.text] };
      return test.ignoreCase ? { ...border, intricate: true } : border;
    }
  }
}

function wildcardBorder(pieces: readonly string[]): Border {
  const [beginning = '', ending] = [pieces[0], pieces.at(-1) ?? ''];
  if (pieces.length === 1) return { whole: [beginning] };
  const border = starBorder(beginning, ending);
  return pieces.length > 2 ? { ...border, intricate: true } : border;
}

const joined = (borders: readonly Border[]): Border => ({
  whole: borders.flatMap(({ whole }) => whole ?? []),
  beginnings: borders.flatMap(({ beginnings }) => beginnings ?? []),
  endings: borders.flatMap(({ endings }) => endings ?? []),
  ...(borders.some(({ intricate }) => intricate) && { intricate: true }),
});
