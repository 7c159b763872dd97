import { isMembers, type Members, type Send, valueAt } from '../collectors/call.ts';
import { refuse } from '../collectors/refusal.ts';

interface Request {
  readonly request: unknown;
  readonly input: Members;
}
interface Result {
  readonly response: unknown;
  readonly output: unknown;
}
type Step = (request: Request) => Promise<Result>;

/** What the SDK lets stand between a client's retries and the network. */
export type Middleware = (next: Step, context: { readonly commandName?: string }) => Step;

/** Answers each attempt of a call without the network. */
export const attempting =
  (
    attempt: Send,
    { service, region = '' }: { readonly service: string; readonly region?: string | undefined },
  ): Middleware =>
  (_, { commandName = '' }) =>
  async ({ input }) => {
    const answer = await attempt({ service, region, operation: commandName.replace(/Command$/, ''), params: input });
    return { response: {}, output: isMembers(answer) ? { ...answer, $metadata: {} } : answer };
  };

/** Tells what time AWS says it is, with every answer. */
export const tellTime =
  (onTime: (time: Date) => void): Middleware =>
  (next) =>
  async (call) => {
    const result = await next(call);
    const time = new Date(String(valueAt(valueAt(result.response, 'headers'), 'date')));
    if (!Number.isNaN(time.getTime())) onTime(time);
    return result;
  };

/**
 * An answer without a body was cut off: AWS words even "nothing" (`<VersioningConfiguration/>`, `{}`). A web page is not
 * AWS's, but of whatever stands in between. The SDK would read either as an answer in which nothing is set.
 */
export const refuseOther: Middleware = (next) => async (call) => {
  const result = await next(call);
  const { response } = result;
  const isSuccess = valueAt(response, 'statusCode') === 200;
  const method = valueAt(call.request, 'method');
  if (!isSuccess || method === 'HEAD') return result;
  const header = (name: string): string => String(valueAt(valueAt(response, 'headers'), name));
  // Of an object that it has taken S3 says nothing but that.
  if (header('content-length') === '0' && method !== 'PUT') throw refuse('UnreadableAnswer', 'The answer is empty.');
  if (!header('content-type').startsWith('text/html')) return result;
  // What imitates AWS may say so of any answer: only the beginning tells.
  const body = await wholeBody(valueAt(response, 'body'));
  if (isWebPage(body)) throw refuse('UnreadableAnswer', 'The answer is a web page, as of a proxy or a portal.');
  return { ...result, response: Object.assign(Object(response), { body }) };
};

async function wholeBody(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  // The handler's response is a stream of Node.
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const isWebPage = (body: Uint8Array): boolean =>
  /^\uFEFF?\s*<(?:!doctype\s+html|html)\b/i.test(
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(body.subarray(0, 1000)),
  );
