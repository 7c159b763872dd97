import { describe, expect, test } from 'vitest';
import { type WrittenWaiver, withWaiver } from '../../src/cli/write-waiver.ts';

const waiver: WrittenWaiver = {
  rule: 'trail-is-logging',
  match: {
    account: '111122223333',
    region: 'us-east-1',
    resource: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/x',
  },
  reason: 'A long reason: with a colon, # no comment, and "quotes", which goes on and on until no line could hold it',
  owner: "O'Brien",
  expires: '2026-12-31',
};

const block = (indent: string): string =>
  [
    '- rule: trail-is-logging',
    '  match:',
    '    account: "111122223333"',
    '    region: us-east-1',
    '    resource: arn:aws:cloudtrail:us-east-1:111122223333:trail/x',
    `  reason: 'A long reason: with a colon, # no comment, and "quotes", which goes on and on until no line could hold it'`,
    "  owner: O'Brien",
    '  expires: 2026-12-31',
  ]
    .map((line) => `${indent}${line}\n`)
    .join('');

const another = (indent: string): string =>
  `${indent}- rule: a   # why not\n${indent}  reason: >\n${indent}    folded\n${indent}    text\n${indent}  owner: me\n${indent}  expires: '2026-12-31'   # soon\n`;

describe('a waiver is put behind the last one, and no other byte changes', () => {
  test.each<[string, string, string]>([
    ['at the end', `# Ours\nfailOn:   high  # for now\n\nwaivers:\n${another('  ')}`, block('  ')],
    ['without indentation', `waivers:\n${another('')}`, block('')],
    ['deep in', `waivers:\n${another('      ')}`, block('      ')],
    ['where there was none', '# Ours\nfailOn: high', `\n\nwaivers:\n${block('  ')}`],
  ])('%s', async (_, text, more) => {
    expect(await withWaiver(text, 'trailproof.yaml', waiver)).toBe(`${text}${more}`);
  });

  test('before what comes next, and its comment', async () => {
    const before = `waivers:\n${another('  ')}`;
    const after = '\n# About rules\nrules: [ everything ]   # all of them\n';
    expect(await withWaiver(`${before}${after}`, 'trailproof.yaml', waiver)).toBe(`${before}${block('  ')}${after}`);
  });

  test('with the line breaks of the file', async () => {
    const text = `waivers:\n${another('  ')}`.replaceAll('\n', '\r\n');
    const wanted = `${text}${block('  ').replaceAll('\n', '\r\n')}`;
    expect(await withWaiver(text, 'trailproof.yaml', waiver)).toBe(wanted);
  });
});

test.each([
  ['# Ours\nwaivers: []   # none yet\n', '# Ours\nwaivers:'],
  ['waivers: [ { rule: a, reason: b, owner: c, expires: 2026-12-31 } ] # one\n', '# one'],
  ['{ failOn: high }\n', 'failOn: high'],
])('a list on one line is written anew: %j', async (text, kept) => {
  const written = await withWaiver(text, 'trailproof.yaml', waiver);
  expect(written).toContain(kept);
  expect(written).toContain('trail-is-logging');
});

test('of JSON comes JSON', async () => {
  expect(JSON.parse(await withWaiver('{"failOn":"high"}', 'trailproof.json', waiver))).toEqual({
    failOn: 'high',
    waivers: [waiver],
  });
});
