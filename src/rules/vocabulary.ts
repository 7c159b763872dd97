import type { Fact } from '../proof/facts/fact.ts';
import { factsOf } from '../proof/facts.ts';
import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import type { ShapeNode } from '../resource-types/shape.ts';
import { toManyRelations } from '../snapshot/members.ts';
import { remember } from '../snapshot/remember.ts';
import { operators } from './operators.ts';

/** A property of a resource type: its shape, and the operation that gives it. */
export interface PropertyWord {
  readonly node: ShapeNode;
  readonly operation: string | undefined;
}

/** Everything that a condition on a resource type may name. */
export interface Vocabulary {
  readonly type: ResourceType;
  readonly properties: ReadonlyMap<string, PropertyWord>;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly toOne: ReadonlyMap<string, ResourceType>;
  readonly toMany: ReadonlyMap<string, ResourceType>;
  readonly verbs: readonly Verb[];
}

export type Verb = 'records' | 'keeps' | 'alerts' | 'permits' | 'limits' | 'denies' | 'grants';

/** What each verb asks, in a line for editors and the reference, and of which resource types. */
export const verbs: Readonly<Record<Verb, { readonly asks: string; readonly of: readonly string[] }>> = {
  records: {
    asks: 'Is every (some, no) event of a class recorded?',
    of: [
      'AWS::Account',
      'AWS::Region',
      'AWS::CloudTrail::Trail',
      'AWS::CloudTrail::EventDataStore',
      'AWS::S3::Bucket',
      'AWS::Lambda::Function',
      'AWS::DynamoDB::Table',
    ],
  },
  keeps: {
    asks: 'Are the records kept for so many days: current, permanent, queryable or undeletable?',
    of: [
      'AWS::Account',
      'AWS::CloudTrail::Trail',
      'AWS::CloudTrail::EventDataStore',
      'AWS::S3::Bucket',
      'AWS::Logs::LogGroup',
    ],
  },
  alerts: { asks: 'Does somebody learn of one such event?', of: ['AWS::Account', 'AWS::Region'] },
  permits: {
    asks: 'Does its resource policy let this request through?',
    of: [
      'AWS::S3::Bucket',
      'AWS::KMS::Key',
      'AWS::SNS::Topic',
      'AWS::Lambda::Function',
      'AWS::Events::EventBus',
      'AWS::CloudTrail::EventDataStore',
      'AWS::CloudTrail::Channel',
      'AWS::Logs::LogGroup',
      'AWS::Logs::Destination',
    ],
  },
  limits: {
    asks: 'Does its resource policy let only these principals do such actions?',
    of: ['AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::Logs::Destination'],
  },
  denies: {
    asks: 'Do policies of the organization deny these actions to every principal but the exceptions?',
    of: ['AWS::Account', 'AWS::S3::Bucket', 'AWS::KMS::Key'],
  },
  grants: {
    asks: 'Do its own policies let it do one of these actions with something?',
    of: ['AWS::IAM::Role', 'AWS::IAM::User'],
  },
};

const logic = ['all', 'any', 'not'] as const;
const quantifiers = ['some', 'every', 'none', 'count', 'where'] as const;

/** The words of a resource type, from the one table. */
export function vocabularyOf(type: ResourceType, registry: Registry): Vocabulary {
  const items = type.item.node.kind === 'object' ? Object.entries(type.item.node.properties) : [];
  const reads = Object.entries(type.reads).flatMap(([operation, { gives }]) =>
    Object.entries(gives).map(([name, { node }]) => [name, { node, operation }] as const),
  );
  const toOne = Object.entries(type.relations).flatMap(([name, { to }]) => {
    const target = registry[to];
    return target ? [[name, target] as const] : [];
  });
  const account = registry['AWS::Account'];
  return {
    type,
    properties: new Map<string, PropertyWord>([
      ...items.map(([name, node]) => [name, { node, operation: undefined }] as const),
      ...reads,
    ]),
    facts: factsOf(type.name),
    toOne: new Map([...toOne, ...(account && type !== account ? [['account', account] as const] : [])]),
    toMany: toManyRelations(type, registry),
    verbs: (Object.keys(verbs) as Verb[]).filter((verb) => verbs[verb].of.includes(type.name)),
  };
}

/** The words of each type, worked out once: a rule asks again for every condition in it. */
export function wordsIn(registry: Registry): (type: ResourceType) => Vocabulary {
  const known = new Map<ResourceType, Vocabulary>();
  return (type) => remember(known, type, () => vocabularyOf(type, registry));
}

/** Every word that is ours, by what it is: no word means two things (a test holds the lists disjoint). */
export function ourWords(registry: Registry): Readonly<Record<string, readonly string[]>> {
  const all = Object.values(registry).map((type) => vocabularyOf(type, registry));
  const distinct = (words: readonly string[]): readonly string[] => [...new Set(words)].toSorted();
  return {
    facts: distinct(all.flatMap(({ facts }) => Object.keys(facts))),
    relations: distinct(all.flatMap(({ toOne, toMany }) => [...toOne.keys(), ...toMany.keys()])),
    operators: [...Object.keys(operators)],
    quantifiers,
    logic,
    verbs: Object.keys(verbs),
    tags: ['tags'],
  };
}
