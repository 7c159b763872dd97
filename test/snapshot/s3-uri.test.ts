import { expect, test } from 'vitest';
import { readS3Uri } from '../../src/snapshot/s3-uri.ts';

test.each<[string, object | undefined]>([
  ['s3://logs/a/b/', { bucket: 'logs', prefix: 'a/b/' }],
  ['s3://logs/', { bucket: 'logs', prefix: '' }],
  ['s3://logs', { bucket: 'logs', prefix: '' }],
  ['s3a://logs/a', { bucket: 'logs', prefix: 'a' }],
  ['s3n://logs/a', { bucket: 'logs', prefix: 'a' }],
  ['S3://logs/A', { bucket: 'logs', prefix: 'A' }],
  ['s3x://logs/a', undefined],
  ['s3:///a', undefined],
  ['hdfs://logs/a', undefined],
  ['see s3://logs/a', undefined],
  ['', undefined],
])('%s', (uri, place) => {
  expect(readS3Uri(uri)).toEqual(place);
});
