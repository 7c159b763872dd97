import { describe, expect, test } from 'vitest';
import { destinationsOf, nameOf } from '../../src/senders/destination.ts';

const environment = {
  TRAILPROOF_SLACK_URL: 'https://hooks.slack.com/services/T0/B0/secret',
  TRAILPROOF_WEBHOOK_SECRET: 'signing',
  TRAILPROOF_CONFIG_RESULT_TOKEN: 'token',
};
const slack = { to: 'slack', url: new URL(environment.TRAILPROOF_SLACK_URL) } as const;

describe('a destination', () => {
  test.each([
    ['security-hub', { to: 'security-hub' }, 'security-hub'],
    ['security-hub:us-gov-west-1', { to: 'security-hub', region: 'us-gov-west-1' }, 'security-hub'],
    ['config', { to: 'config', mode: 'live', token: 'token' }, 'config'],
    ['config:test', { to: 'config', mode: 'test', token: 'token' }, 'config'],
    ['s3://audit-reports', { to: 's3', bucket: 'audit-reports', prefix: '' }, 's3://audit-reports'],
    ['s3://audit-reports/', { to: 's3', bucket: 'audit-reports', prefix: '' }, 's3://audit-reports'],
    ['s3://a.b/one/two/', { to: 's3', bucket: 'a.b', prefix: 'one/two' }, 's3://a.b/one/two'],
    ['slack', slack, 'slack'],
    ['slack:https://hooks.slack.com/services/T0/B0/secret', slack, 'slack'],
    ['https://hooks.slack.com/services/T0/B0/secret', slack, 'slack'],
    [
      'https://example.com/hook?key=secret',
      { to: 'webhook', url: new URL('https://example.com/hook?key=secret'), secret: 'signing' },
      'https://example.com',
    ],
    [
      'http://127.0.0.1:8080/hook',
      { to: 'webhook', url: new URL('http://127.0.0.1:8080/hook'), secret: 'signing' },
      'http://127.0.0.1:8080',
    ],
  ] as const)('%s', (word, expected, name) => {
    const [destination] = destinationsOf([word], environment);
    expect(destination).toEqual(expected);
    expect(destination && nameOf(destination)).toBe(name);
  });

  test('config in a test needs no token', () => {
    expect(destinationsOf(['config:test'], {})).toEqual([{ to: 'config', mode: 'test', token: 'test' }]);
  });

  test.each([
    ['securityhub', '--send securityhub: there is no such destination'],
    ['security-hub:everywhere', '--send security-hub: that is no region'],
    ['config:live', '--send config: cannot be read'],
    ['s3://', '--send s3: that is no bucket'],
    ['s3://UPPER/x', '--send s3: that is no bucket'],
    ['s3://a/../x', '--send s3: that is no bucket'],
    ['s3:bucket', '--send s3: that is no bucket'],
    ['ftp://example.com', '--send ftp: there is no such destination'],
    ['http://example.com/hook', '--send https: only this machine is sent to without encryption'],
    ['https://', '--send https: that is no address'],
    ['https://user:secret@example.com', '--send https: an address may not hold a password'],
    ['slack:secret', '--send slack: that is no address'],
    ['slack:ftp://secret', '--send slack: that is no address'],
    ['', '--send : there is no such destination'],
  ])('%s is refused, without what may be secret in it', (word, message) => {
    expect(() => destinationsOf([word], environment)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  test.each([
    ['config', 'TRAILPROOF_CONFIG_RESULT_TOKEN is not set'],
    ['slack', 'TRAILPROOF_SLACK_URL is not set'],
    ['https://example.com/hook', 'TRAILPROOF_WEBHOOK_SECRET is not set'],
  ])('%s needs a variable of the environment', (word, message) => {
    for (const given of [{}, { [message.split(' ')[0] ?? '']: '' }])
      expect(() => destinationsOf([word], given)).toThrow(message);
  });

  test('is named once', () => {
    expect(() => destinationsOf(['slack', 'https://hooks.slack.com/services/T0/B0/secret'], environment)).toThrow(
      '--send slack is there twice',
    );
    expect(destinationsOf(['s3://one', 's3://one/two'], environment)).toHaveLength(2);
  });
});
