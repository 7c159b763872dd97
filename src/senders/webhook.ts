import { createHmac } from 'node:crypto';
import type { Report } from '../reporters/report.ts';
import { again, longestPause } from './again.ts';
import { type Destination, nameOf } from './destination.ts';
import { digestOf } from './digest.ts';
import { notificationOf, slackMessage } from './notification.ts';
import type { Post, Posted, Reach, Sent } from './sent.ts';

type ToWebhook = Extract<Destination, { readonly to: 'webhook' }>;
type ToSlack = Extract<Destination, { readonly to: 'slack' }>;

/**
 * Tells an address of a report in a few lines of JSON, signed: `X-Trailproof-Signature` is the HMAC with SHA-256 of the
 * timestamp, a dot and the body. `Idempotency-Key` is the report's own, so that whoever gets it twice takes it once:
 * an attempt that nobody has answered is repeated.
 */
export async function sendToWebhook(report: Report, destination: ToWebhook, reach: Reach): Promise<Sent> {
  const id = digestOf(report);
  const body = `${JSON.stringify(notificationOf(report, id))}\n`;
  return deliver(destination, { body, key: id, secret: destination.secret }, reach);
}

/**
 * Tells Slack, or whatever takes the same messages, of a report. It could not tell that a message came twice: an
 * attempt that may have arrived is not repeated.
 */
export async function sendToSlack(report: Report, destination: ToSlack, reach: Reach): Promise<Sent> {
  const body = JSON.stringify(slackMessage(notificationOf(report, digestOf(report))));
  return deliver(destination, { body }, reach);
}

interface Message {
  readonly body: string;
  /** Tells the other side that it has the message already; left out: it could not. */
  readonly key?: string;
  readonly secret?: string;
}

async function deliver(destination: ToWebhook | ToSlack, message: Message, reach: Reach): Promise<Sent> {
  let last: Posted = { code: 'NotTried', unsent: true };
  const left = await again(
    message,
    async () => {
      last = await reach.post(requestOf(destination.url, message, reach.now()));
      if (!isWorthRepeating(last, message)) return isAccepted(last) ? undefined : { left: message, pause: never };
      return { left: message, pause: pauseOf(last, reach.now()) };
    },
    reach,
  );
  const to = nameOf(destination);
  return left ? { to, done: [], failed: [whyNot(last)] } : { to, done: ['told'], failed: [] };
}

const never = Number.POSITIVE_INFINITY;

function requestOf(url: URL, { body, key, secret }: Message, now: number): Post {
  const timestamp = String(Math.floor(now / 1000));
  return {
    url,
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'trailproof',
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(secret !== undefined && {
        'x-trailproof-timestamp': timestamp,
        'x-trailproof-signature': signatureOf(secret, timestamp, body),
      }),
    },
  };
}

/** What the other side works out too, to know that a message is ours and as we wrote it, and when. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

const isAccepted = (posted: Posted): boolean => 'status' in posted && posted.status >= 200 && posted.status < 300;

function isWorthRepeating(posted: Posted, { key }: Message): boolean {
  if ('status' in posted) return posted.status === 429 || posted.status >= 500;
  return posted.unsent || key !== undefined;
}

/** For how long the other side wants to be left alone, in milliseconds. */
function pauseOf(posted: Posted, now: number): number {
  const said = 'status' in posted ? posted.retryAfter : undefined;
  if (said === undefined) return 0;
  const time = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - now;
  return Number.isNaN(time) ? 0 : Math.max(0, time);
}

function whyNot(posted: Posted): string {
  if ('status' in posted) return `answered ${posted.status}${tooLong(posted.retryAfter)}`;
  return posted.unsent
    ? `cannot be reached (${posted.code})`
    : `did not answer (${posted.code}): it is not known whether it was told`;
}

const tooLong = (retryAfter: string | undefined): string =>
  retryAfter !== undefined && Number(retryAfter) * 1000 > longestPause ? `, and to come again in ${retryAfter} s` : '';
