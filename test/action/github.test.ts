import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { openGitHub } from '../../src/action/github.ts';
import { type Answer, type Asked, githubServer } from './github-server.ts';

type Server = Awaited<ReturnType<typeof githubServer>>;
let server: Server | undefined;
afterEach(() => server?.close());

async function github(answer: (asked: Asked, earlier: readonly Asked[]) => Answer) {
  server = await githubServer(answer);
  const event = {
    owner: 'globex',
    repo: 'audit',
    sha: 'c0ffee',
    ref: 'refs/pull/7/merge',
    url: '',
    apiUrl: server.url,
  };
  return { server, client: openGitHub({ token: 'secret', event, retryAfter: 1 }) };
}

test('a comment is written where there is none that begins with the marker', async () => {
  const { client, server } = await github(({ call }) =>
    call.startsWith('GET')
      ? { status: 200, body: [{ id: 1, body: 'quoting <!-- trailproof --> is not it', html_url: 'other' }] }
      : { status: 201, body: { html_url: 'https://comment/2' } },
  );
  expect(await client.keepComment(7, '<!-- trailproof -->', 'text')).toBe('https://comment/2');
  expect(server.asked.map(({ call }) => call)).toEqual([
    'GET /repos/globex/audit/issues/7/comments?per_page=100',
    'POST /repos/globex/audit/issues/7/comments',
  ]);
  expect(server.asked[1]?.body).toEqual({ body: '<!-- trailproof -->\ntext' });
  expect(server.asked[1]?.token).toBe('token secret');
});

test('the comment is found on a later page, and written anew', async () => {
  const { client, server } = await github(({ call }) => {
    if (call.startsWith('PATCH')) return { status: 200, body: { html_url: 'https://comment/9' } };
    if (call.includes('page=2')) return { status: 200, body: [{ id: 9, body: '<!-- trailproof -->\nold' }] };
    const next = `<${server.url}/repos/globex/audit/issues/7/comments?per_page=100&page=2>; rel="next"`;
    return { status: 200, body: [{ id: 1, body: null }], headers: { link: next } };
  });
  expect(await client.keepComment(7, '<!-- trailproof -->', 'new')).toBe('https://comment/9');
  expect(server.asked.at(-1)?.call).toBe('PATCH /repos/globex/audit/issues/comments/9');
});

test('a comment whose answer got lost is not written twice', async () => {
  const { client, server } = await github(({ call }) =>
    call.startsWith('GET') ? { status: 200, body: [] } : { status: 502, body: { message: 'bad gateway' } },
  );
  await expect(client.keepComment(7, '<!-- trailproof -->', 'text')).rejects.toMatchObject({ status: 502 });
  expect(server.asked.filter(({ call }) => call.startsWith('POST'))).toHaveLength(1);
});

test('SARIF is sent compressed for the commit and its ref, and again after a failure of the server', async () => {
  const { client, server } = await github((_, earlier) =>
    earlier.length === 0 ? { status: 503, body: {} } : { status: 202, body: { id: 'upload-1' } },
  );
  expect(await client.uploadSarif('{"version":"2.1.0"}')).toBe('upload-1');
  expect(server.asked).toHaveLength(2);
  const { sarif, ...rest } = server.asked[1]?.body ?? {};
  expect(rest).toEqual({ commit_sha: 'c0ffee', ref: 'refs/pull/7/merge', tool_name: 'Trailproof' });
  expect(gunzipSync(Buffer.from(sarif, 'base64')).toString()).toBe('{"version":"2.1.0"}');
});
