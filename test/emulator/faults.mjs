// Which fault a request meets, and how each AWS protocol words an error.

// AWS has its own code for the same refusal in each protocol; the SDK decides on retries by these.
const ERRORS = {
  accessDenied: {
    json: { status: 400, code: 'AccessDeniedException' },
    'rest-json': { status: 403, code: 'AccessDeniedException' },
    query: { status: 403, code: 'AccessDenied' },
    ec2: { status: 403, code: 'UnauthorizedOperation' },
    s3: { status: 403, code: 'AccessDenied' },
  },
  throttled: {
    json: { status: 400, code: 'ThrottlingException' },
    'rest-json': { status: 429, code: 'TooManyRequestsException' },
    query: { status: 400, code: 'Throttling' },
    ec2: { status: 503, code: 'RequestLimitExceeded' },
    s3: { status: 503, code: 'SlowDown' },
  },
  serverError: {
    json: { status: 500, code: 'InternalFailure' },
    'rest-json': { status: 500, code: 'InternalFailure' },
    query: { status: 500, code: 'InternalFailure' },
    ec2: { status: 500, code: 'InternalError' },
    s3: { status: 500, code: 'InternalError' },
  },
};
const MESSAGES = {
  accessDenied: ({ service, operation }) =>
    `User: arn:aws:iam::123456789012:user/test is not authorized to perform: ${service}:${operation}`,
  throttled: () => 'Rate exceeded',
  serverError: () => 'We encountered an internal error. Please try again.',
};
const OTHER_KINDS = ['error', 'connectionReset', 'hang', 'truncatedBody', 'webPage', 'delay'];

/** A rule that can't ever fire as meant would make a test pass for nothing: refuse it. */
export function checkRules(rules) {
  for (const { fault } of rules) {
    if (fault?.kind in ERRORS || OTHER_KINDS.includes(fault?.kind)) continue;
    throw new Error(`unknown fault: ${JSON.stringify(fault)}`);
  }
  return rules;
}

/** The first rule that fits decides; `skip` and `times` are counted down in it. */
export function faultFor(call, rules) {
  for (const rule of rules) {
    const fits = ['service', 'operation', 'region', 'account'].every(
      (name) => rule[name] === undefined || rule[name] === call[name],
    );
    if (!fits || rule.times === 0) continue;
    if (rule.skip > 0) {
      rule.skip -= 1;
      continue;
    }
    if (rule.times !== undefined) rule.times -= 1;
    return rule.fault;
  }
  return;
}

/** The error a fault stands for, or undefined when it breaks the connection instead. */
export function errorOf(fault, call) {
  if (fault.kind === 'error') return { status: 400, message: fault.code, ...fault };
  const error = ERRORS[fault.kind]?.[call.protocol];
  return error && { ...error, message: MESSAGES[fault.kind](call) };
}

/** Answers an error as the protocol of the call words it. */
export function sendError(response, protocol, { status, code, message }) {
  const { headers, body } = WORDINGS[protocol](code, message);
  response.writeHead(status, headers);
  response.end(body); // node leaves the body out of an answer to HEAD, as S3 does
}

const xml = { 'content-type': 'text/xml' };
const WORDINGS = {
  json: (code, message) => ({
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: code, message }),
  }),
  'rest-json': (code, message) => ({
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ message }),
  }),
  query: (code, message) => ({
    headers: xml,
    body: `<ErrorResponse><Error><Type>Sender</Type>${described(code, message)}</Error></ErrorResponse>`,
  }),
  ec2: (code, message) => ({
    headers: xml,
    body: `<Response><Errors><Error>${described(code, message)}</Error></Errors></Response>`,
  }),
  s3: (code, message) => ({ headers: xml, body: `<Error>${described(code, message)}</Error>` }),
};

function described(code, message) {
  const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<Code>${code}</Code><Message>${escaped}</Message>`;
}
