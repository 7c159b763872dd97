import { AppError } from '../errors.ts';
import { isLoopback } from '../sources/transport.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a report is sent. */
export type Destination =
  /** With a region every finding goes to the hub there, else each to that of its own region. */
  | { readonly to: 'security-hub'; readonly region?: string }
  | { readonly to: 'config'; readonly mode: 'live' | 'test'; readonly token: string }
  | { readonly to: 's3'; readonly bucket: string; readonly prefix: string }
  | { readonly to: 'slack'; readonly url: URL }
  | { readonly to: 'webhook'; readonly url: URL; readonly secret: string };

const slackVariable = 'TRAILPROOF_SLACK_URL';
const secretVariable = 'TRAILPROOF_WEBHOOK_SECRET';
const tokenVariable = 'TRAILPROOF_CONFIG_RESULT_TOKEN';

/** Their own hosts take what is signed for nobody. */
const slackHosts: readonly string[] = ['hooks.slack.com', 'hooks.slack-gov.com'];

/**
 * Reads `--send`, each destination once. No message repeats an address: part of it may be a secret.
 *
 * @throws AppError `usage`.
 */
export function destinationsOf(words: readonly string[], environment: Environment): readonly Destination[] {
  const destinations = words.map((word) => destinationOf(word, environment));
  const keys = destinations.map((destination) => JSON.stringify(destination));
  const twice = destinations.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (twice)
    throw new AppError('usage', `--send ${nameOf(twice)} is there twice`, { hint: 'Nothing is sent twice: drop one.' });
  return destinations;
}

/** A destination as it may be shown. */
export function nameOf(destination: Destination): string {
  switch (destination.to) {
    case 's3':
      return `s3://${destination.bucket}${destination.prefix === '' ? '' : `/${destination.prefix}`}`;
    case 'webhook':
      return destination.url.origin;
    default:
      return destination.to;
  }
}

function destinationOf(word: string, environment: Environment): Destination {
  const [, scheme = word, rest] = /^([a-z0-9-]+):(.*)$/s.exec(word) ?? [];
  switch (scheme) {
    case 'security-hub':
      return { to: 'security-hub', ...(rest !== undefined && { region: regionOf(rest) }) };
    case 'config':
      return configOf(rest, environment);
    case 's3':
      return bucketOf(rest);
    case 'slack':
      return slackOf(rest, environment);
    case 'https':
    case 'http':
      return webhookOf(word, environment);
    default:
      throw mistake(
        scheme,
        'there is no such destination',
        'One of security-hub, config, s3://BUCKET, slack, https://….',
      );
  }
}

const mistake = (what: string, message: string, hint: string): AppError =>
  new AppError('usage', `--send ${what}: ${message}`, { hint });

function regionOf(text: string): string {
  if (/^[a-z]{2,5}(-[a-z]+)+-\d+$/.test(text)) return text;
  throw mistake('security-hub', 'that is no region', 'Write it like security-hub:us-east-1.');
}

function configOf(rest: string | undefined, environment: Environment): Destination {
  if (rest !== undefined && rest !== 'test')
    throw mistake(
      'config',
      'cannot be read',
      'Write config, or config:test to have AWS Config check and keep nothing.',
    );
  const token = environment[tokenVariable] || undefined;
  // In a test any token will do, but there must be one (API_PutEvaluations).
  if (rest === 'test') return { to: 'config', mode: 'test', token: token ?? 'test' };
  if (token !== undefined) return { to: 'config', mode: 'live', token };
  throw mistake('config', `${tokenVariable} is not set`, 'It is the resultToken of the event that AWS Config sends.');
}

/** As in S3's own rules: what is no bucket's name would be asked for as a part of a path. */
function bucketOf(rest = ''): Destination {
  const [, bucket, prefix = ''] = /^\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/+(.*))?$/s.exec(rest) ?? [];
  if (bucket === undefined) throw mistake('s3', 'that is no bucket', 'Write it like s3://my-bucket/reports.');
  return { to: 's3', bucket, prefix: prefix.replace(/\/+$/, '') };
}

function slackOf(rest: string | undefined, environment: Environment): Destination {
  const text = rest ?? environment[slackVariable];
  if (text) return { to: 'slack', url: addressOf('slack', text) };
  const hint = 'It is the address of an incoming webhook; slack:https://… says it on the command line.';
  throw mistake('slack', `${slackVariable} is not set`, hint);
}

function webhookOf(word: string, environment: Environment): Destination {
  const url = addressOf('https', word);
  if (slackHosts.includes(url.hostname)) return { to: 'slack', url };
  const secret = environment[secretVariable];
  if (secret) return { to: 'webhook', url, secret };
  const hint = 'What is sent is signed with it; slack:https://… sends the same unsigned, as text.';
  throw mistake(url.origin, `${secretVariable} is not set`, hint);
}

/** An address that nobody on the way can read or change. */
function addressOf(what: string, text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw mistake(what, 'that is no address', 'Write it like https://example.com/hook.');
  if (url.username !== '' || url.password !== '')
    throw mistake(what, 'an address may not hold a password', `Sign with ${secretVariable} instead.`);
  if (url.protocol === 'http:' && !isLoopback(url.href))
    throw mistake(what, 'only this machine is sent to without encryption', 'Write https://.');
  return url;
}
