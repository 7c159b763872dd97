import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandOf, readInputs } from '../../src/action/inputs.ts';
import { filesOf } from '../house/source-files.ts';

// biome-ignore lint/style/noNonNullAssertion: it is there, or the test fails
const action = parse(filesOf('', 'action.yml')['action.yml']!);

test('action.yml declares exactly the inputs that are read, and the outputs that are set', () => {
  const read: string[] = [];
  readInputs(new Proxy({}, { get: (_, name: string) => void read.push(name) }));
  const declared = Object.keys(action.inputs).map((name) => `INPUT_${name.toUpperCase()}`);
  expect([...new Set(read)].toSorted()).toEqual(declared.toSorted());
  const code = Object.values(filesOf('src/action', '*.ts')).join('\n');
  const set = [...code.matchAll(/workflow\.output\('([a-z-]+)'/g)].map(([, name]) => name);
  expect([...set, 'fail', 'unknown', 'pass'].toSorted()).toEqual(Object.keys(action.outputs).toSorted());
});

test('without files the account is scanned, with them they are checked, and none of them is taken for a flag', () => {
  expect(commandOf(readInputs({}), [])).toEqual(['scan']);
  const environment = {
    INPUT_FILES: 'a b.yaml\n\n --x.yaml ',
    INPUT_RULES: 'recommended\nrules',
    'INPUT_FAIL-ON': 'high',
    INPUT_ARGUMENTS: '--only\ntrail-*',
  };
  expect(commandOf(readInputs(environment), ['--quiet'])).toEqual([
    ...['check', '--rules', 'recommended', '--rules', 'rules', '--fail-on', 'high'],
    ...['--quiet', '--only', 'trail-*', '--', 'a b.yaml', '--x.yaml'],
  ]);
});

test('a switch is true or false', () => {
  expect(readInputs({ INPUT_COMMENT: 'TRUE', 'INPUT_UPLOAD-SARIF': 'false' })).toMatchObject({
    comment: true,
    uploadSarif: 'never',
  });
  expect(readInputs({ 'INPUT_UPLOAD-SARIF': 'true' }).uploadSarif).toBe('complete');
  expect(readInputs({ 'INPUT_UPLOAD-SARIF': 'Always' }).uploadSarif).toBe('always');
  expect(() => readInputs({ 'INPUT_UPLOAD-SARIF': 'yes' })).toThrow('upload-sarif: yes is neither true nor false');
  expect(() => readInputs({ INPUT_COMMENT: 'yes' })).toThrow('comment: yes is neither true nor false');
});

test('what writes or sends has an input of its own, since arguments are used on the base too', () => {
  for (const argument of ['--send', '--output=json=x', '--format', '--record'])
    expect(() => readInputs({ INPUT_ARGUMENTS: `--quiet\n${argument}` })).toThrow(
      `arguments: ${argument} is not taken`,
    );
  expect(() => readInputs({ INPUT_ARGUMENTS: '--only trail-is-logging' })).toThrow(
    'arguments: --only trail-is-logging: a flag and its value stand on a line each',
  );
  expect(readInputs({ INPUT_ARGUMENTS: '--parameter=a.b=c d' }).arguments).toEqual(['--parameter=a.b=c d']);
  expect(readInputs({ INPUT_ARGUMENTS: '--formatted' }).arguments).toEqual(['--formatted']);
});
