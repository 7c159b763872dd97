import { expectTypeOf, test } from 'vitest';
import type { Resource, resourceTypes } from '../../src/resource-types/index.ts';
import type { ResourceOf } from '../../src/resource-types/resource-type.ts';

type Trail = Resource<'AWS::CloudTrail::Trail'>;
type Bucket = ResourceOf<(typeof resourceTypes)['AWS::S3::Bucket']>;

test('a type of TypeScript follows from what a resource type declares', () => {
  expectTypeOf<Trail['IsMultiRegionTrail']>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<NonNullable<Trail['Status']>['IsLogging']>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<Trail['tags']>().toEqualTypeOf<Readonly<Record<string, string>> | undefined>();
  expectTypeOf<NonNullable<Bucket['Versioning']>['Status']>().toExtend<string | undefined>();
});

test('what is misspelt, or spelt as the API spells it, is no property', () => {
  expectTypeOf<Trail>().not.toHaveProperty('IsMultiRegionTrial');
  expectTypeOf<Resource<'AWS::Logs::LogGroup'>>().toHaveProperty('RetentionInDays');
  expectTypeOf<Resource<'AWS::Logs::LogGroup'>>().not.toHaveProperty('retentionInDays');
});
