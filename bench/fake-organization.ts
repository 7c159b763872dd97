interface Request {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}
interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
/** What an answer depends on: who asks, in which region, for what. */
interface Asked {
  readonly account: string;
  readonly region: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export const management = '999988887777';
const archive = '888877776666';
const regions = ['us-east-1', 'eu-west-1'];
const centralBucket = 'organization-audit-logs';

/** The ids of an organization of so many accounts: the one that manages it, the one that keeps its logs, and members. */
const accountsOf = (count: number): readonly string[] => [
  management,
  archive,
  ...Array.from({ length: count - 2 }, (_, index) => String(100_000_000_000 + index * 7_919)),
];

const trailArn = (account: string, name: string): string => `arn:aws:cloudtrail:us-east-1:${account}:trail/${name}`;

function trailsOf(account: string): readonly object[] {
  const trail = (owner: string, name: string, more: object): object => ({
    Name: name,
    TrailARN: trailArn(owner, name),
    HomeRegion: 'us-east-1',
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    IncludeGlobalServiceEvents: true,
    LogFileValidationEnabled: true,
    S3BucketName: centralBucket,
    KmsKeyId: `arn:aws:kms:us-east-1:${archive}:key/7c6b5a49-3827-4615-a4b3-c2d1e0f9a8b7`,
    ...more,
  });
  const ofAll = trail(management, 'organization', { IsOrganizationTrail: true });
  return account === management
    ? [ofAll]
    : [ofAll, trail(account, 'own', {}), trail(account, 'local', { S3BucketName: `logs-of-${account}` })];
}

const bucketsOf = (account: string): readonly string[] => [
  ...(account === archive ? [centralBucket] : []),
  `logs-of-${account}`,
];

/** By target (`X-Amz-Target`), of services that speak JSON. */
const inJson: Readonly<Record<string, (asked: Asked) => object>> = {
  DescribeTrails: ({ account }) => ({ trailList: trailsOf(account) }),
  GetTrailStatus: () => ({ IsLogging: true, LatestDeliveryTime: 1_795_000_000 }),
  GetEventSelectors: () => ({ EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] }),
  DescribeConfigurationRecorders: ({ region }) => ({
    ConfigurationRecorders: [
      {
        name: 'default',
        arn: `arn:aws:config:${region}:x:configuration-recorder/default`,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      },
    ],
  }),
  DescribeConfigurationRecorderStatus: () => ({
    ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'SUCCESS' }],
  }),
  DescribeDeliveryChannels: () => ({ DeliveryChannels: [{ name: 'default', s3BucketName: centralBucket }] }),
  DescribeKey: ({ params }) => ({
    KeyMetadata: { KeyId: '7c6b', Arn: params.KeyId, KeyState: 'Enabled', Enabled: true, KeyManager: 'CUSTOMER' },
  }),
};

const inXml: Readonly<Record<string, (asked: Asked) => string>> = {
  GetCallerIdentity: () =>
    xml('GetCallerIdentity', `<Account>${management}</Account><Arn>arn:aws:iam::${management}:user/ci</Arn>`),
  AssumeRole: ({ params }) => {
    const account = String(params.RoleArn).split(':')[4];
    const token = `${account}-`.repeat(60);
    const keys = `<AccessKeyId>AKIA${account}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>`;
    const end = '<Expiration>2999-01-01T00:00:00Z</Expiration>';
    return xml('AssumeRole', `<Credentials>${keys}<SessionToken>${token}</SessionToken>${end}</Credentials>`);
  },
  DescribeRegions: () => {
    const items = regions.map(
      (name) => `<item><regionName>${name}</regionName><optInStatus>opt-in-not-required</optInStatus></item>`,
    );
    return `<DescribeRegionsResponse><regionInfo>${items.join('')}</regionInfo></DescribeRegionsResponse>`;
  },
};

const xml = (action: string, result: string): string =>
  `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString() : '';

/** An organization behind the SDK's own clients: it stands where their connections would, and answers as AWS words it. */
export function fakeOrganization(count: number) {
  const listed = JSON.stringify({ Accounts: accountsOf(count).map((Id) => ({ Id, State: 'ACTIVE' })) });
  const calls = new Map<string, number>();
  const answer = (request: Request): Response => {
    const [, account = '', region = '', service = ''] =
      /Credential=AKIA(\d+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const body = textOf(request.body);
    const noted = (operation: string): void => void calls.set(operation, (calls.get(operation) ?? 0) + 1);
    if (service === 's3') return answerS3(request, account, noted);
    const target = request.headers['x-amz-target']?.split('.').at(-1);
    if (target !== undefined) {
      noted(target);
      if (target === 'ListAccounts') return said(200, 'application/x-amz-json-1.1', listed);
      const json = inJson[target];
      if (!json) return said(400, 'application/x-amz-json-1.1', '{"__type":"AccessDeniedException","message":"no"}');
      const params = JSON.parse(body === '' ? '{}' : body);
      return said(200, 'application/x-amz-json-1.1', JSON.stringify(json({ account, region, params })));
    }
    const form = Object.fromEntries(new URLSearchParams(body));
    const action = form.Action ?? 'unknown';
    noted(action);
    const worded = inXml[action];
    if (!worded)
      return said(403, 'text/xml', '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>');
    return said(200, 'text/xml', worded({ account, region, params: form }));
  };
  const handler = {
    metadata: { handlerProtocol: 'http/1.1' },
    // Later, as from a network.
    handle: (request: Request) => new Promise((resolve) => setImmediate(() => resolve({ response: answer(request) }))),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  return { handler, calls };
}

const said = (statusCode: number, type: string, text: string): Response => ({
  statusCode,
  headers: { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) },
  body: Buffer.from(text),
});

function answerS3(
  { hostname, path, query, method }: Request,
  account: string,
  noted: (name: string) => void,
): Response {
  const [, inPath = ''] = path.split('/');
  const bucket = inPath === '' ? (hostname.split('.s3.')[0] ?? '') : inPath;
  const isOwn = bucketsOf(account).includes(bucket);
  if (method === 'HEAD') {
    noted('HeadBucket');
    const headers = { 'x-amz-bucket-region': 'us-east-1' };
    return { statusCode: isOwn ? 200 : 403, headers, body: new Uint8Array() };
  }
  if (hostname.startsWith('s3.') && inPath === '') {
    noted('ListBuckets');
    const buckets = bucketsOf(account).map(
      (name) => `<Bucket><Name>${name}</Name><BucketRegion>us-east-1</BucketRegion></Bucket>`,
    );
    return said(
      200,
      'application/xml',
      `<ListAllMyBucketsResult><Buckets>${buckets.join('')}</Buckets></ListAllMyBucketsResult>`,
    );
  }
  const [what = ''] = Object.keys(query).filter((name) => name !== 'x-id');
  noted(`s3 ${what}`);
  if (what === 'versioning' && isOwn) {
    const versioning = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    return said(200, 'application/xml', versioning);
  }
  return said(403, 'application/xml', '<Error><Code>AccessDenied</Code><Message>no</Message></Error>');
}
