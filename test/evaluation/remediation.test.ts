import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { fillRemediation, fillText, shellQuoted } from '../../src/evaluation/remediation.ts';
import { resourceOf } from '../proof/viewing.ts';
import { snapshotWith, trail, trailArn } from '../rules/judging.ts';

const hostile = [
  'plain-name_1',
  'with space',
  "it's",
  '"quoted"',
  '$(touch x)',
  '`id`',
  'a;b',
  'a&&b|c>d',
  'back\\slash',
  'new\nline',
  '-rf',
  '*',
  '~',
  '',
  "'; rm -rf / #",
  '{Name}',
  'ünïcode',
];

describe('a word for the shell', () => {
  test.each(hostile)('%j stays one word and is itself', (name) => {
    const said = execFileSync('/bin/sh', ['-c', `printf '%s\\000' ${shellQuoted(name)}`]).toString();
    expect(said).toBe(`${name}\0`);
  });
  test('is quoted only where it must be', () => {
    expect(['a-b_c.d/e:f,g@h%i+j=k', 'a b', "a'b", ''].map(shellQuoted)).toEqual([
      'a-b_c.d/e:f,g@h%i+j=k',
      "'a b'",
      `'a'\\''b'`,
      "''",
    ]);
  });
});

describe('texts with the real names', () => {
  const of = (item: object, parameters: Readonly<Record<string, unknown>> = {}) => ({
    view: resourceOf(snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item)] }), 'AWS::CloudTrail::Trail'),
    parameters,
  });
  test('properties, facts, flags; a brace is a brace', () => {
    expect(fillText('{TrailARN} {region} {IsMultiRegionTrail} {{x}', of({ IsMultiRegionTrail: true }))).toBe(
      `${trailArn('main')} us-east-1 true {x}`,
    );
  });
  test('what it lacks stays, and nothing is filled in twice', () => {
    expect(fillText('{KmsKeyId} {S3KeyPrefix}', of({ S3KeyPrefix: '{Name}' }))).toBe('{KmsKeyId} {Name}');
  });
  test('with a dollar the parameters of the rule; one that has no value stays', () => {
    const named = of({}, { days: 400, mode: 'COMPLIANCE', names: ['a'] });
    expect(fillText('{$days} {$mode} {$names} {$other} {days}', named)).toBe('400 COMPLIANCE ["a"] {$other} {days}');
    expect(fillRemediation({ cli: 'aws x --days {$days} --mode {$mode}' }, of({}, { days: 1, mode: 'a b' }))).toEqual({
      cli: "aws x --days 1 --mode 'a b'",
    });
  });
  test('the command line alone is quoted', () => {
    const named = of({ S3KeyPrefix: "a'; rm -rf /" });
    expect(
      fillRemediation(
        {
          text: 'set {S3KeyPrefix}',
          cli: 'aws x --prefix {S3KeyPrefix} --name {name}',
          terraform: 'a {{ b = "{name}" }',
        },
        named,
      ),
    ).toEqual({
      text: "set a'; rm -rf /",
      cli: `aws x --prefix 'a'\\''; rm -rf /' --name main`,
      terraform: 'a { b = "main" }',
    });
  });
});
