import { expect, test } from 'vitest';
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
