import { isAbsolute, relative, sep } from 'node:path';

/**
 * The folder in which the command runs, below the root of the repository that a job of GitHub or GitLab has checked
 * out (GitHub Docs, "Variables reference", GITHUB_WORKSPACE; GitLab Docs, "Predefined CI/CD variables reference",
 * CI_PROJECT_DIR). Empty: it is the root, or nobody says where that is.
 */
export function folderInCheckout(environment: Readonly<Record<string, string | undefined>>, cwd: string): string {
  const root = environment.GITHUB_WORKSPACE ?? environment.CI_PROJECT_DIR;
  if (!root) return '';
  const path = relative(root, cwd);
  return isAbsolute(path) || path.split(sep)[0] === '..' ? '' : path.split(sep).join('/');
}
