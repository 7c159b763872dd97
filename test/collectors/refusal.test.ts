import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../src/collectors/refusal.ts';
import { AppError } from '../../src/errors.ts';

const thrown = (name: string, message = '', extra: object = {}) =>
  Object.assign(new Error(message), { name, ...extra });

describe('the code of a refusal', () => {
  test.each([
    ["AWS's own", thrown('AccessDeniedException'), 'AccessDeniedException'],
    ['HEAD of a bucket of somebody else', thrown('403', '403', { $metadata: { httpStatusCode: 403 } }), 'AccessDenied'],
    ['HEAD refused, by another name', thrown('Forbidden'), 'AccessDenied'],
    ['HEAD of no bucket', thrown('NotFound'), 'NotFound'],
    ['HEAD of no bucket, by status', thrown('404'), 'NotFound'],
    ['another region', thrown('301'), 'PermanentRedirect'],
    ['another region, by name', thrown('PermanentRedirect'), 'PermanentRedirect'],
    ['the wrong region in a signature', thrown('AuthorizationHeaderMalformed'), 'AuthorizationHeaderMalformed'],
    [
      'only a status',
      thrown('UnknownError', 'UnknownError', { $metadata: { httpStatusCode: 503 } }),
      'ServiceUnavailable',
    ],
    ['a status nobody knows', thrown('UnknownError', '', { $metadata: { httpStatusCode: 418 } }), '418'],
    [
      'an answer that makes no sense',
      thrown('Error', 'no root', { $metadata: { httpStatusCode: 200 } }),
      'UnreadableAnswer',
    ],
    ['a connection cut', thrown('Error', 'aborted', { code: 'ECONNRESET' }), 'ConnectionReset'],
    ['a host nobody knows', thrown('Error', 'getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' }), 'ENOTFOUND'],
    ['too long', thrown('TimeoutError'), 'TimedOut'],
    [
      'a connection cut, as the SDK calls it',
      thrown('TimeoutError', 'read ECONNRESET', { code: 'ECONNRESET' }),
      'ConnectionReset',
    ],
    ['ended', thrown('AbortError'), 'TimedOut'],
    ['half a body', new SyntaxError('Unexpected end of JSON input'), 'UnreadableAnswer'],
    ['nothing to go by', new Error('?'), 'Error'],
    ['no error at all', 'text', 'UnknownError'],
    ['undefined', undefined, 'UnknownError'],
  ])('%s', (_, error, code) => {
    expect(refusalOf(error).code).toBe(code);
  });
});

describe('the sentence of a refusal', () => {
  test.each([
    ['Rate exceeded', 'Rate exceeded'],
    ['Access Denied (Service: S3, Status Code: 403, Request ID: 7YQ-1)', 'Access Denied'],
    [
      'Access Denied (Service: Amazon S3; Status Code: 403; Request ID: 7YQ1; S3 Extended Request ID: a+b=)',
      'Access Denied',
    ],
    ['Not allowed. Request id: 11-22', 'Not allowed.'],
    ['Not allowed, RequestId: 11-22', 'Not allowed'],
    ['Denied. Encoded authorization failure message: xYz_-123', 'Denied.'],
    ['Unexpected end\n  Deserialization error: to see the raw response', 'Unexpected end'],
    ['@smithy/node-http-handler - [ERROR] a request has exceeded 300 ms', 'a request has exceeded 300 ms'],
    ['two   spaces', 'two spaces'],
  ])('%s', (message, expected) => {
    expect(refusalOf(thrown('AccessDenied', message))).toEqual({ code: 'AccessDenied', message: expected });
  });

  test.each(['', 'UnknownError', 'AccessDenied'])('%o says nothing', (message) => {
    expect(refusalOf(thrown('AccessDenied', message))).toEqual({ code: 'AccessDenied' });
  });

  test('is cut where it is endless', () => {
    expect(refusalOf(thrown('X', 'a'.repeat(10_000))).message).toHaveLength(500);
  });
});

test('an error that ends the run is no refusal', () => {
  const error = new AppError('credentials', 'no');
  expect(() => refusalOf(error)).toThrow(error);
});
