// What an AWS request asks for: its service, operation, region and account, and the protocol it speaks.

const S3_SUBRESOURCES = {
  acl: 'BucketAcl',
  encryption: 'BucketEncryption',
  lifecycle: 'BucketLifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  notification: 'BucketNotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'PublicAccessBlock',
  replication: 'BucketReplication',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
};
const S3_BUCKET_OPERATIONS = { HEAD: 'HeadBucket', GET: 'ListObjects', PUT: 'CreateBucket', DELETE: 'DeleteBucket' };
const S3_VERBS = { HEAD: 'Head', GET: 'Get', PUT: 'Put', DELETE: 'Delete' };
/** What a path asks for, of the services that have neither targets nor actions. */
const REST_OPERATIONS = {
  guardduty: [
    [/^\/detector$/, 'ListDetectors'],
    [/^\/detector\/[^/]+$/, 'GetDetector'],
  ],
  lambda: [
    [/^\/2015-03-31\/functions\/?$/, 'ListFunctions'],
    [/^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
    [/^\/2015-03-31\/functions\/[^/]+\/policy$/, 'GetPolicy'],
    [/^\/2017-03-31\/tags\/.+$/, 'ListTags'],
  ],
  securityhub: [[/^\/accounts$/, 'DescribeHub']],
};
const S3_CONTROL_PATHS = { '/v20180820/configuration/publicAccessBlock': 'PublicAccessBlock' };

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {Buffer} body
 * @param {ReadonlyMap<string, string>} accountOfAccessKey
 */
export function identify(request, body, accountOfAccessKey) {
  const { accessKey, region, service } = credentialScope(request.headers.authorization);
  const url = new URL(request.url, 'http://gateway');
  return {
    region,
    account: accountOfAccessKey.get(accessKey),
    ...operationOf(service, request, url, body),
  };
}

function credentialScope(authorization = '') {
  const [, accessKey = '', region = '', service = ''] =
    /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\//.exec(authorization) ?? [];
  return { accessKey, region, service };
}

function operationOf(service, request, url, body) {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return { service, operation: target.split('.').pop(), protocol: 'json' };

  const contentType = request.headers['content-type'] ?? '';
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const operation = new URLSearchParams(body.toString()).get('Action') ?? '';
    return { service, operation, protocol: service === 'ec2' ? 'ec2' : 'query' };
  }

  // S3 Control signs as S3; only its path tells it apart.
  if (url.pathname.startsWith('/v20180820/')) {
    const noun = S3_CONTROL_PATHS[url.pathname];
    const operation = noun === undefined ? `${request.method} ${url.pathname}` : S3_VERBS[request.method] + noun;
    return { service: 's3control', operation, protocol: 'query' };
  }
  if (service === 's3') return { service, operation: s3Operation(request.method, url), protocol: 's3' };
  return { service, operation: restOperation(service, request.method, url.pathname), protocol: 'rest-json' };
}

/** Only what reads has a name here: nothing else is asked of these services. */
function restOperation(service, method, path) {
  const [, named] = (method === 'GET' && REST_OPERATIONS[service]?.find(([pattern]) => pattern.test(path))) || [];
  return named ?? `${method} ${path}`;
}

function s3Operation(method, url) {
  if (url.pathname === '/') return 'ListBuckets';
  const subresource = Object.keys(S3_SUBRESOURCES).find((name) => url.searchParams.has(name));
  const [, , key] = url.pathname.split('/');
  if (key) return `${S3_VERBS[method]}Object`;
  if (subresource !== undefined) return S3_VERBS[method] + S3_SUBRESOURCES[subresource];
  if (url.searchParams.get('list-type') === '2') return 'ListObjectsV2';
  return S3_BUCKET_OPERATIONS[method] ?? `${method} bucket`;
}
