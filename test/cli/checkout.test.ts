import { expect, test } from 'vitest';
import { folderInCheckout } from '../../src/cli/checkout.ts';

test.each([
  ['nobody says where it is', {}, '/jobs/repo/infra', ''],
  ['the root', { GITHUB_WORKSPACE: '/jobs/repo' }, '/jobs/repo', ''],
  ['a folder of it', { GITHUB_WORKSPACE: '/jobs/repo' }, '/jobs/repo/infra/audit', 'infra/audit'],
  ['of GitLab', { CI_PROJECT_DIR: '/jobs/repo/' }, '/jobs/repo/..infra', '..infra'],
  ['elsewhere', { GITHUB_WORKSPACE: '/jobs/repo' }, '/jobs/other', ''],
  ['nothing', { GITHUB_WORKSPACE: '' }, '/jobs/other', ''],
])('where a command runs in the repository: %s', (_, environment, cwd, folder) => {
  expect(folderInCheckout(environment, cwd)).toBe(folder);
});
