import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A finding as Security Hub holds it. */
export type Held = Readonly<Record<string, unknown>> & { readonly Id: string };

/** One request, by its operation: `BatchImportFindings us-east-1 111122223333`. */
type Request = string;

/** What goes wrong with a request. `lost`: it is done, and its answer never arrives. */
type Fault = { readonly status: number; readonly code: string } | 'lost' | 'reset';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Security Hub, AWS Config, S3 and STS on this machine, each with the rules that matter to those who send; and a webhook. */
export interface LoopbackAws {
  readonly url: string;
  /** What was asked, in order; a batch with its length. */
  readonly requests: Request[];
  /** By `account region`, each finding by its id. */
  readonly hubs: Map<string, Map<string, Held>>;
  /** Hubs that are not switched on. */
  readonly off: Set<string>;
  /** Ids of findings that are not taken, and how often. */
  readonly refused: Map<string, { readonly code: string; times: number }>;
  readonly evaluations: Readonly<Record<string, unknown>>[];
  /** Resources whose evaluation is not taken, and how often. */
  readonly unevaluated: Map<string, number>;
  readonly objects: Map<string, { readonly type: string; readonly body: string }>;
  /** Parts of objects that were begun and neither ended nor given up. */
  readonly uploads: Map<string, Buffer[]>;
  /** Lets something go wrong with the next requests whose name begins so. */
  fail(request: string, fault: Fault, times?: number): void;
  reset(): void;
  close(): void;
}

/** Starts it; the account is part of the access key (`AKIA111122223333`). */
export async function loopbackAws(): Promise<LoopbackAws> {
  const faults: { readonly request: string; readonly fault: Fault; times: number }[] = [];
  const faultOf = (request: string): Fault | undefined => {
    const found = faults.find((one) => one.times > 0 && request.startsWith(one.request));
    if (found) found.times -= 1;
    return found?.fault;
  };
  const aws: LoopbackAws = {
    url: '',
    requests: [],
    hubs: new Map(),
    off: new Set(),
    refused: new Map(),
    evaluations: [],
    unevaluated: new Map(),
    objects: new Map(),
    uploads: new Map(),
    fail: (request, fault, times = 1) => void faults.push({ request, fault, times }),
    reset: () => {
      faults.length = 0;
      aws.requests.length = 0;
      aws.evaluations.length = 0;
      for (const held of [aws.hubs, aws.off, aws.refused, aws.unevaluated, aws.objects, aws.uploads]) held.clear();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const call = callIn(request, Buffer.concat(chunks));
    aws.requests.push(call.name);
    const fault = faultOf(call.name);
    if (fault === 'reset') return void request.socket.destroy();
    const answer = fault === undefined || fault === 'lost' ? answerOf(call, aws) : errorTo(call, fault);
    if (fault === 'lost') return void request.socket.destroy();
    respond(response, answer);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // An address, for it listens.
  const { port } = server.address() as AddressInfo;
  return Object.assign(aws, { url: `http://127.0.0.1:${port}` });
}

function respond(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
}

interface Call {
  readonly name: Request;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly isJson: boolean;
  readonly json: Readonly<Record<string, unknown>>;
}

function callIn({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Call {
  const [, account = '', region = '', service = ''] =
    /Credential=AKIA(\d+)\/\d+\/([\w-]+)\/(\w+)\//.exec(headers.authorization ?? '') ?? [];
  const { pathname: path, searchParams: query } = new URL(url, 'http://loopback');
  const isJson = service !== 's3' && service !== 'sts';
  const json = isJson ? JSON.parse(body.toString()) : {};
  const operation = operationOf({ method, service, path, query, headers, body });
  const size = operation === 'BatchImportFindings' ? ` ${json.Findings.length}` : '';
  return {
    name: `${operation} ${region} ${account}${size}`,
    operation,
    account,
    region,
    path,
    query,
    headers,
    body,
    isJson,
    json,
  };
}

function operationOf({
  method,
  service,
  path,
  query,
  headers,
  body,
}: Pick<Call, 'path' | 'query' | 'headers' | 'body'> & { readonly method: string; readonly service: string }): string {
  if (service === '') return 'webhook';
  if (service === 'sts') return new URLSearchParams(body.toString()).get('Action') ?? '';
  if (service === 'securityhub') return hubOperations[path] ?? '';
  if (service === 'config') return String(headers['x-amz-target']).split('.')[1] ?? '';
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (!query.has('uploadId')) return 'PutObject';
  const operations: Readonly<Record<string, string>> = { PUT: 'UploadPart', POST: 'CompleteMultipartUpload' };
  return operations[method] ?? 'AbortMultipartUpload';
}

const hubOperations: Readonly<Record<string, string>> = {
  '/findings': 'GetFindings',
  '/findings/import': 'BatchImportFindings',
  '/findings/batchupdate': 'BatchUpdateFindings',
};

const ok = (value: object): Answer => ({ status: 200, body: JSON.stringify(value) });
const xml = (body: string, headers = {}): Answer => ({ status: 200, body, headers });

const errorTo = ({ isJson }: Call, { status, code }: { readonly status: number; readonly code: string }): Answer =>
  isJson ? errorOf(status, code) : xmlError(status, code);

const errorOf = (status: number, code: string): Answer => ({
  status,
  body: JSON.stringify({ __type: code, Message: `${code} it is` }),
  headers: { 'x-amzn-errortype': code },
});
const xmlError = (status: number, code: string): Answer => ({
  status,
  body: `<Error><Code>${code}</Code><Message>${code} it is</Message></Error>`,
});

function answerOf(call: Call, aws: LoopbackAws): Answer {
  switch (call.operation) {
    case 'GetCallerIdentity':
      return xml(
        `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${call.account}</Account><Arn>arn:aws:iam::${call.account}:user/ci</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      );
    case 'AssumeRole':
      return assumed(new URLSearchParams(call.body.toString()).get('RoleArn') ?? '');
    case 'GetFindings':
      return aws.off.has(hubOf(call)) ? errorOf(401, 'InvalidAccessException') : earlier(call, aws);
    case 'BatchImportFindings':
      return aws.off.has(hubOf(call)) ? errorOf(401, 'InvalidAccessException') : imported(call, aws);
    case 'BatchUpdateFindings':
      return updated(call, aws);
    case 'PutEvaluations':
      return evaluated(call, aws);
    case 'webhook':
      return ok({});
    default:
      return stored(call, aws);
  }
}

/** A role by the name of `no` lets nobody in. */
function assumed(arn: string): Answer {
  if (arn.endsWith('/no'))
    return {
      status: 403,
      body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
    };
  const keys = `<AccessKeyId>AKIA${arn.split(':')[4]}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>`;
  return xml(
    `<AssumeRoleResponse><AssumeRoleResult><Credentials>${keys}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  );
}

const hubOf = ({ account, region }: Call): string => `${account} ${region}`;

/** In pages, as many as were asked for. */
function earlier(call: Call, { hubs }: LoopbackAws): Answer {
  const all = [...(hubs.get(hubOf(call))?.values() ?? [])];
  const start = Number(call.json.NextToken ?? 0);
  const end = start + Number(call.json.MaxResults);
  return ok({ Findings: all.slice(start, end), ...(end < all.length && { NextToken: String(end) }) });
}

/** An account's own findings alone, a hundred at once, and of a finding that is there what is newer. */
function imported(call: Call, { hubs, refused }: LoopbackAws): Answer {
  // What every request to this operation holds.
  const findings = call.json.Findings as readonly Held[];
  if (findings.length > 100) return errorOf(400, 'InvalidInputException');
  const hub = hubs.get(hubOf(call)) ?? new Map<string, Held>();
  hubs.set(hubOf(call), hub);
  const FailedFindings = findings.flatMap((finding) => {
    const code = whyNot(finding, call, refused);
    if (code !== undefined) return [{ Id: finding.Id, ErrorCode: code, ErrorMessage: `${code} it is` }];
    const before = hub.get(finding.Id);
    if (!before) hub.set(finding.Id, { Workflow: { Status: 'NEW' }, ...finding });
    else if (timeOf(finding) > timeOf(before))
      hub.set(finding.Id, { ...before, ...finding, Workflow: before.Workflow, Note: before.Note });
    return [];
  });
  return ok({
    FailedCount: FailedFindings.length,
    SuccessCount: findings.length - FailedFindings.length,
    FailedFindings,
  });
}

/** What is there of them. */
function updated(call: Call, { hubs }: LoopbackAws): Answer {
  const hub = hubs.get(hubOf(call)) ?? new Map<string, Held>();
  const { FindingIdentifiers, Workflow, Note } = call.json;
  // What every request to this operation holds.
  const given = FindingIdentifiers as readonly { readonly Id: string }[];
  const UnprocessedFindings = given.flatMap((FindingIdentifier) => {
    const before = hub.get(FindingIdentifier.Id);
    if (before) hub.set(before.Id, { ...before, Workflow, Note });
    return before ? [] : [{ FindingIdentifier, ErrorCode: 'FindingNotFound' }];
  });
  return ok({ ProcessedFindings: given.filter(({ Id }) => hub.has(Id)), UnprocessedFindings });
}

const timeOf = ({ UpdatedAt }: Held): number => Date.parse(String(UpdatedAt));

function whyNot(finding: Held, { account, region }: Call, refused: LoopbackAws['refused']): string | undefined {
  const product = `arn:aws:securityhub:${region}:${account}:product/${account}/default`;
  if (finding.AwsAccountId !== account || finding.ProductArn !== product) return 'InvalidInput';
  const refusal = refused.get(finding.Id);
  if (!refusal || refusal.times === 0) return undefined;
  refusal.times -= 1;
  return refusal.code;
}

function evaluated({ json }: Call, { evaluations, unevaluated }: LoopbackAws): Answer {
  if (json.ResultToken !== 'token' && json.TestMode !== true) return errorOf(400, 'InvalidResultTokenException');
  // What every request to this operation holds.
  const given = json.Evaluations as readonly Readonly<Record<string, unknown>>[];
  const isRefused = (id: string): boolean => (unevaluated.get(id) ?? 0) > 0;
  const FailedEvaluations = given.filter(({ ComplianceResourceId }) => isRefused(String(ComplianceResourceId)));
  for (const { ComplianceResourceId: id } of FailedEvaluations)
    unevaluated.set(String(id), (unevaluated.get(String(id)) ?? 0) - 1);
  evaluations.push(...given.filter((one) => !FailedEvaluations.includes(one)));
  return ok({ FailedEvaluations });
}

/** With the checks that S3 makes: the checksum that is sent, and that nothing is there where nothing may be. */
function stored({ operation, path, query, headers, body }: Call, { objects, uploads }: LoopbackAws): Answer {
  const id = query.get('uploadId') ?? '';
  const isTaken = headers['if-none-match'] === '*' && objects.has(path);
  if (isTaken) return xmlError(412, 'PreconditionFailed');
  switch (operation) {
    case 'PutObject':
      if (headers['x-amz-checksum-crc32'] === undefined) return xmlError(400, 'InvalidRequest');
      objects.set(path, { type: String(headers['content-type']), body: body.toString() });
      return { status: 200, body: '', headers: { etag: '"1"' } };
    case 'CreateMultipartUpload':
      uploads.set(`u${path}`, []);
      return xml(`<InitiateMultipartUploadResult><UploadId>u${path}</UploadId></InitiateMultipartUploadResult>`);
    case 'UploadPart':
      uploads.get(id)?.push(body);
      return {
        status: 200,
        body: '',
        headers: {
          etag: `"${query.get('partNumber')}"`,
          'x-amz-checksum-crc32': String(headers['x-amz-checksum-crc32']),
        },
      };
    case 'CompleteMultipartUpload':
      objects.set(path, { type: 'multipart', body: Buffer.concat(uploads.get(id) ?? []).toString() });
      uploads.delete(id);
      return xml('<CompleteMultipartUploadResult><ETag>"1"</ETag></CompleteMultipartUploadResult>');
    default:
      uploads.delete(id);
      return { status: 204, body: '' };
  }
}
