import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sortHeld } from '../../src/reporters/sort.ts';
import { digestOf } from '../../src/senders/digest.ts';
import { notificationOf, slackMessage } from '../../src/senders/notification.ts';
import { post } from '../../src/senders/post.ts';
import type { Reach } from '../../src/senders/sent.ts';
import { sendToSlack, sendToWebhook, signatureOf } from '../../src/senders/webhook.ts';
import { hostile } from '../reporters/hostile.ts';
import { findingOf, reportOf, sharedReport, trail } from '../reporters/shared-report.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with its next requests: answers with a status, or not at all. */
const next: (number | 'hang up' | 'wait' | readonly [status: number, retryAfter: string])[] = [];
const received: Received[] = [];
let url = new URL('http://127.0.0.1');

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  received.push({ headers: request.headers, body });
  const act = next.shift() ?? 200;
  if (act === 'wait') return;
  if (act === 'hang up') return void request.socket.destroy();
  const [status, retryAfter] = typeof act === 'number' ? [act] : act;
  response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end('secret answer');
});

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // An address, for it listens.
  const { port } = server.address() as AddressInfo;
  url = new URL(`http://127.0.0.1:${port}/services/secret`);
});
afterEach(() => {
  next.length = 0;
  received.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const now = Date.parse('2026-11-20T10:00:00Z');

function reaching(): Reach & { readonly waited: readonly number[] } {
  const waited: number[] = [];
  return {
    aws: () => Promise.reject(new Error('AWS is not asked')),
    post: (request) => post(request, {}),
    now: () => now,
    sleep: async (milliseconds) => void waited.push(milliseconds),
    sort: sortHeld,
    waited,
  };
}

const webhook = (reach = reaching(), to = url) =>
  sendToWebhook(sharedReport, { to: 'webhook', url: to, secret: 'signing' }, reach);
const slack = (reach = reaching(), to = url) => sendToSlack(sharedReport, { to: 'slack', url: to }, reach);
const told = (to: string) => ({ to, done: ['told'], failed: [] });

describe('a webhook', () => {
  test('gets a summary that is signed, and by which it knows whether it has it already', async () => {
    expect(await webhook()).toEqual(told(url.origin));
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const timestamp = String(now / 1000);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': digestOf(sharedReport),
      'x-trailproof-timestamp': timestamp,
      'x-trailproof-signature': signatureOf('signing', timestamp, body),
    });
    expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(notificationOf(sharedReport, digestOf(sharedReport)))));
  });

  test.each([
    ['fails', 500],
    ['has no time', 429],
    ['hangs up', 'hang up'],
  ] as const)('that %s is told again, the same', async (_, act) => {
    next.push(act, act);
    const reach = reaching();
    expect(await webhook(reach)).toEqual(told(url.origin));
    expect(reach.waited).toEqual([1000, 2000]);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(received).toHaveLength(3);
  });

  test.each([
    ['in seconds', '30', 30_000],
    ['at a time', 'Fri, 20 Nov 2026 10:00:45 GMT', 45_000],
    ['already', 'Fri, 20 Nov 2026 09:00:00 GMT', 1000],
    ['some day', 'soon', 1000],
  ])('that says when to come again, %s, is left alone until then', async (_, retryAfter, waited) => {
    next.push([429, retryAfter]);
    const reach = reaching();
    expect(await webhook(reach)).toEqual(told(url.origin));
    expect(reach.waited).toEqual([waited]);
  });

  test.each([
    ['does not know us', [403], 'answered 403', 1],
    ['is elsewhere', [301], 'answered 301', 1],
    ['has no time today', [[503, '86400']], 'answered 503, and to come again in 86400 s', 1],
    ['always fails', [500, 502, 503, 500], 'answered 500', 4],
    [
      'always hangs up',
      ['hang up', 'hang up', 'hang up', 'hang up'],
      'did not answer (ECONNRESET): it is not known whether it was told',
      4,
    ],
  ] as const)('that %s is said not to be told, and nothing of what is secret', async (_, acts, why, requests) => {
    next.push(...acts);
    expect(await webhook()).toEqual({ to: url.origin, done: [], failed: [why] });
    expect(received).toHaveLength(requests);
  });

  test('that is not there is tried again, and said to be out of reach', async () => {
    const reach = reaching();
    expect(await webhook(reach, new URL('http://127.0.0.1:1/secret'))).toEqual({
      to: 'http://127.0.0.1:1',
      done: [],
      failed: ['cannot be reached (ECONNREFUSED)'],
    });
    expect(reach.waited).toEqual([1000, 2000, 4000]);
  });
});

describe('a request', () => {
  const request = { headers: {}, body: 'body' };

  test('that nobody answers in time may have arrived', async () => {
    next.push('wait');
    expect(await post({ ...request, url }, {}, 100)).toEqual({ code: 'TimedOut', unsent: false });
    expect(received).toHaveLength(1);
  });

  test('that is not encrypted on the other side has not arrived', async () => {
    const secure = new URL(url.href.replace('http:', 'https:'));
    expect(await post({ ...request, url: secure }, {})).toEqual({ code: expect.any(String), unsent: true });
    expect(received).toEqual([]);
  });
});

describe('Slack', () => {
  test('gets text, unsigned', async () => {
    expect(await slack()).toEqual(told('slack'));
    expect(received[0]?.headers).not.toHaveProperty('x-trailproof-signature');
    const { text, ...settings } = JSON.parse(received[0]?.body ?? '');
    expect(settings).toEqual({ mrkdwn: false, unfurl_links: false });
    expect(text.split('\n').slice(0, 3)).toEqual([
      'Trailproof: 8 failed, 2 unknown, 1 known, 3 waived, 1 passed, 1 not applicable (2 accounts, 2026-11-20T09:00:00Z).',
      'Exit code 1: violations: something failed at or above the severity that fails the run.',
      '• critical: trail-is-logging, main (111122223333 us-east-1): The trail does not log: Status.IsLogging is false.',
    ]);
  });

  test('is told again when it says that it has no time', async () => {
    next.push([429, '30']);
    const reach = reaching();
    expect(await slack(reach)).toEqual(told('slack'));
    expect(reach.waited).toEqual([30_000]);
  });

  test('is not told again what it may have, for it could not tell', async () => {
    next.push('hang up');
    expect(await slack()).toEqual({
      to: 'slack',
      done: [],
      failed: ['did not answer (ECONNRESET): it is not known whether it was told'],
    });
    expect(received).toHaveLength(1);
  });

  test('cannot be made to mention or to link by a name', () => {
    const name = '<!channel> <https://example.com|click> &amp; <@U1>';
    const report = reportOf([
      findingOf({ rule: 'trail-is-logging', status: 'fail', resource: { ...trail, name }, message: hostile.newline }),
    ]);
    const message = JSON.stringify(slackMessage(notificationOf(report, 'id')));
    expect(message).not.toMatch(/[<>]/);
    expect(message).toContain('&lt;!channel&gt; &lt;https://example.com|click&gt; &amp;amp; &lt;@U1&gt;');
    expect(message).toContain('first\\\\nsecond');
  });
});

describe('a notification', () => {
  const failing = (index: number, part = {}) =>
    findingOf({
      rule: 'trail-is-logging',
      status: 'fail',
      resource: { ...trail, id: `${trail.id}${index}` },
      message: hostile.long,
      ...part,
    });

  test('names the worst, and says how many more there are', () => {
    const many = Array.from({ length: 15 }, (_, index) => failing(index, index === 14 ? {} : { severity: 'low' }));
    const { findings, more } = notificationOf(reportOf(many), 'id');
    expect([findings.length, more, findings[0]?.severity]).toEqual([10, 5, 'critical']);
    expect(JSON.stringify(notificationOf(reportOf(many), 'id')).length).toBeLessThan(10_000);
  });

  test('names nothing that is accepted, or known', () => {
    const waiver = { reason: 'r', owner: 'o', expires: '2027-01-01' };
    const findings = [
      failing(1, { waiver: { state: 'active', ...waiver } }),
      failing(2, { waiver: { state: 'expiring', ...waiver } }),
      failing(3, { waiver: { state: 'expired', ...waiver } }),
      failing(4, { baseline: { firstSeen: '2026-01-01' } }),
      failing(5, { status: 'unknown' }),
      failing(6, { status: 'pass' }),
    ];
    expect(notificationOf(reportOf(findings), 'id').findings.map(({ resource }) => resource.id.at(-1))).toEqual([
      '3',
      '5',
    ]);
  });
});
