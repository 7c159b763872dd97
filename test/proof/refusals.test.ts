import { expect, test } from 'vitest';
import { whatIsOpen, whatIsUnclear, whyRefused } from '../../src/proof/refusals.ts';
import { readSelectors } from '../../src/proof/selectors.ts';

const write = new Map<string, string | boolean>([
  ['eventCategory', 'Data'],
  ['resources.type', 'AWS::S3::Object'],
  ['resources.ARN', 'arn:aws:s3:::b/tmp/k'],
  ['readOnly', false],
]);
const category = { Field: 'eventCategory', Equals: ['Data'] };
const objects = { Field: 'resources.type', Equals: ['AWS::S3::Object'] };
const reads = { Field: 'readOnly', Equals: ['true'] };
const butTmp = { Field: 'resources.ARN', NotStartsWith: ['arn:aws:s3:::b/tmp/'] };
const advanced = (...selectors: readonly (readonly object[])[]) =>
  readSelectors(
    undefined,
    selectors.map((FieldSelectors) => ({ FieldSelectors })),
  );

test.each([
  ['one that refuses it', advanced([category, objects, butTmp]), 'selector 1 refuses it (resources.ARN NotStartsWith)'],
  [
    'by the first of its fields that does',
    advanced([category, objects, reads, butTmp]),
    'selector 1 refuses it (readOnly Equals)',
  ],
  [
    'several, each by its number',
    advanced([category, butTmp], [category, objects, reads]),
    'selector 1 refuses it (resources.ARN NotStartsWith), selector 2 refuses it (readOnly Equals)',
  ],
  [
    'not those about another category or type',
    advanced(
      [{ Field: 'eventCategory', Equals: ['Management'] }, reads],
      [category, reads, { Field: 'resources.type', Equals: ['AWS::Lambda::Function'] }],
      [category, butTmp],
    ),
    'selector 3 refuses it (resources.ARN NotStartsWith)',
  ],
  [
    'not one that lets it through',
    advanced([category, objects], [category, reads]),
    'selector 2 refuses it (readOnly Equals)',
  ],
  ['none', readSelectors(undefined, undefined), ''],
  [
    'a basic one once, whatever it was written as',
    readSelectors(
      [
        {},
        {
          ReadWriteType: 'ReadOnly',
          DataResources: [
            { Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::a/'] },
            { Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::b/'] },
          ],
        },
      ],
      undefined,
    ),
    'selector 2 refuses it (readOnly Equals)',
  ],
])('why an event is not recorded: %s', (_, selectors, expected) => {
  expect(whyRefused(selectors, write)).toBe(expected);
});

test('which selector is not understood', () => {
  expect(whatIsUnclear(advanced([category], [category, { Field: 'eventName', Contains: ['a'] }]))).toBe(
    'what selector 2 asks of eventName is not documented',
  );
  expect(whatIsUnclear(advanced([category]))).toBeUndefined();
});

test.each([
  ['GetObject', 's3:GetObject on arn:aws:s3:::b/tmp/k'],
  ['ListObjects', 's3:ListObjects on arn:aws:s3:::b/tmp/k, whose record has no ARN of an object to select it by'],
])('what nobody can say is about %s', (eventName, expected) => {
  expect(whatIsOpen(new Map([...write, ['eventSource', 's3.amazonaws.com'], ['eventName', eventName]]))).toBe(expected);
});
