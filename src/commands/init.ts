import { string as argument } from '@oclif/core/args';
import { boolean, string } from '@oclif/core/flags';
import { AppCommand } from '../cli/app-command.ts';
import { nextSteps, startersOf, writeStarters } from '../cli/starter-files.ts';
import { AppError } from '../errors.ts';

export class Init extends AppCommand {
  static override summary = 'Write a config, a GitHub workflow and a GitLab job to start from.';
  static override description =
    'They work as soon as there is a role to assume. Existing files are kept unless you pass --force.';
  static override strict = false;
  static override args = {
    what: argument({ ignoreStdin: true, description: 'config, github, gitlab; left out: all of them.' }),
  };
  static override flags = {
    dir: string({ default: '.', helpValue: 'DIR', description: 'The folder of the repository.' }),
    force: boolean({ description: 'Replace files that are there.' }),
    'role-arn': string({
      helpValue: 'ARN',
      description: 'The role that the pipelines assume. Default: their variable TRAILPROOF_ROLE_ARN says it.',
    }),
  };
  static override examples = ['<%= config.bin %> init', '<%= config.bin %> init config github'];

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Init);
    const chosen = startersOf(argv.map(String));
    const roleArn = flags['role-arn'];
    if (roleArn !== undefined) assertRole(roleArn);
    const options = {
      version: this.config.version,
      folder: flags.dir,
      existing: flags.force ? 'replace' : 'keep',
      ...(roleArn !== undefined && { roleArn }),
    } as const;
    const written = await writeStarters(chosen, options);
    const lines = [
      ...written.map(({ path, what }) => `${what} ${path}`),
      'Next:',
      ...nextSteps(chosen, options).map((step) => `  ${step}`),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

/** It goes into YAML as it is. */
function assertRole(arn: string): void {
  if (/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)) return;
  throw new AppError('usage', `--role-arn ${arn}: not the ARN of a role`, {
    hint: 'It looks like arn:aws:iam::111122223333:role/trailproof.',
  });
}
