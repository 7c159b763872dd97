import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchCalls } from '../../src/cli/watch-calls.ts';

const call = (operation: string, params = {}) => ({ service: 'cloudtrail', operation, region: 'us-east-1', params });

function watch(options: { readonly verbose: boolean; readonly quiet?: boolean; readonly isTTY?: boolean }) {
  const written: string[] = [];
  const stream = { isTTY: options.isTTY ?? false, write: (text: string) => written.push(text) > 0 };
  const watching = watchCalls(stream, { quiet: options.quiet ?? false, verbose: options.verbose, environment: {} });
  watching.onCall(call('DescribeTrails', { includeShadowTrails: true }), 'answered');
  watching.onCall(call('GetTrailStatus', { Name: 'arn:\u001b[31mred' }), { code: 'AccessDeniedException' });
  watching.stop();
  return written.join('');
}

test('with verbose each call is a line, and none is obeyed by the terminal', () => {
  expect(watch({ verbose: true })).toBe(
    'cloudtrail:DescribeTrails in us-east-1 answered\ncloudtrail:GetTrailStatus in us-east-1 arn:\\x1b[31mred AccessDeniedException\n',
  );
});

test('else nothing is written before a second has passed, nor where nobody looks', () => {
  expect(watch({ verbose: false, isTTY: true })).toBe('');
  expect(watch({ verbose: false })).toBe('');
  expect(watch({ verbose: false, quiet: true })).toBe('');
});

test('with verbose a call of one of several accounts says whose it is', () => {
  const written: string[] = [];
  const stream = { isTTY: false, write: (text: string) => written.push(text) > 0 };
  const watching = watchCalls(stream, { quiet: false, verbose: true, environment: {} });
  watching.onCall(call('DescribeTrails'), 'answered', '111122223333');
  watching.stop();
  expect(written).toEqual(['cloudtrail:DescribeTrails in us-east-1 of account 111122223333 answered\n']);
});

describe('several accounts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** The lines that a terminal shows one after the other; `passing` between two looks at it. */
  function lines(columns: number, ...steps: readonly ((watching: ReturnType<typeof watchCalls>) => void)[]) {
    const shown: string[] = [];
    let time = 0;
    const stream = { isTTY: true, columns, write: (text: string) => shown.push(text) > 0 };
    const watching = watchCalls(stream, { quiet: false, verbose: false, environment: {}, clock: () => time });
    for (const step of steps) {
      step(watching);
      time += 60_000;
      vi.advanceTimersByTime(1100);
    }
    watching.stop();
    return shown.map((text) => text.replace('\r\u001b[2K', ''));
  }

  test('are counted, and once one is read it is estimated how long the others take', () => {
    const shown = lines(
      200,
      (watching) => watching.begin(20, 10),
      (watching) => watching.onCall(call('DescribeTrails'), 'answered', '111122223333'),
      (watching) => watching.onAccount(),
      (watching) => {
        for (let read = 0; read < 8; read += 1) watching.onAccount();
      },
      (watching) => watching.onAccount(),
    );
    expect(shown).toEqual([
      '10 of 20 accounts, 0 calls in 0 regions',
      '10 of 20 accounts, 1 call in 1 region',
      '11 of 20 accounts, 1 call in 1 region, about 18 min left',
      '19 of 20 accounts, 1 call in 1 region, about 20 s left',
      '20 of 20 accounts, 1 call in 1 region',
      '',
    ]);
  });

  test('are one line, however narrow the terminal is', () => {
    expect(lines(12, (watching) => watching.begin(20, 10))).toEqual(['10 of 20 ac', '']);
  });

  test('a line that stays the same is not written again', () => {
    const nothing = () => undefined;
    expect(lines(200, (watching) => watching.begin(3, 0), nothing, nothing)).toEqual([
      '0 of 3 accounts, 0 calls in 0 regions',
      '',
    ]);
  });

  test('may take hours', () => {
    const shown = lines(
      200,
      (watching) => watching.begin(1000, 0),
      (watching) => watching.onAccount(),
    );
    expect(shown.at(1)).toBe('1 of 1000 accounts, 0 calls in 0 regions, about 17 h left');
  });
});
