import { expect, test } from 'vitest';
import { describeWitness } from '../../src/proof/witness-text.ts';

const call = [
  ['eventSource', 'ec2.amazonaws.com'],
  ['eventName', 'RunInstances'],
] as const;
const fields = (count: number) => Array.from({ length: count }, (_, index) => [`field${index + 1}`, 'x'] as const);

test.each([
  [0, 'ec2:RunInstances'],
  [4, 'ec2:RunInstances, field1 x, field2 x, field3 x, field4 x'],
  [5, 'ec2:RunInstances, field1 x, field2 x, field3 x, field4 x, field5 x'],
  [6, 'ec2:RunInstances, field1 x, field2 x, field3 x, field4 x, and 2 fields more'],
])('of a whole record the first fields are named: %i', (count, said) => {
  expect(describeWitness(new Map<string, string>([...call, ...fields(count)]))).toBe(said);
});
