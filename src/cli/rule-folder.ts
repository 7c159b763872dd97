import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AppError } from '../errors.ts';

/** The folder of the built-in rules, from the working directory on. */
export function defaultRuleFolder(root: string): string {
  const folder = join(root, 'rules');
  if (existsSync(folder)) return relative(process.cwd(), folder) || '.';
  throw new AppError('usage', 'the built-in rules are not here as files', {
    hint: 'Name files or folders of your own.',
  });
}
