import { bucketFacts } from './facts/bucket.ts';
import { configFacts } from './facts/config.ts';
import { eventBridgeFacts } from './facts/eventbridge.ts';
import { everyResourceFacts } from './facts/every-resource.ts';
import type { Fact } from './facts/fact.ts';
import { iamFacts } from './facts/iam.ts';
import { trailFacts } from './facts/trail.ts';
import { watchFacts } from './facts/watch.ts';

/** Facts by name (design §3). Each reads what it declares and nothing else: a test gaps all the rest. */
export const facts: Readonly<Record<string, Fact>> = {
  ...everyResourceFacts,
  ...trailFacts,
  ...bucketFacts,
  ...watchFacts,
  ...configFacts,
  ...eventBridgeFacts,
  ...iamFacts,
};

/** The facts that a resource type has. */
export const factsOf = (typeName: string): Readonly<Record<string, Fact>> =>
  Object.fromEntries(Object.entries(facts).filter(([, { of }]) => !of || of.includes(typeName)));
