import { join } from 'node:path';
import { string as argument } from '@oclif/core/args';
import { string } from '@oclif/core/flags';
import { AppCommand } from '../../cli/app-command.ts';
import { registry } from '../../cli/rule-set.ts';
import { scaffoldRule } from '../../cli/scaffold-rule.ts';
import { isThere, writeFiles } from '../../cli/write-file.ts';
import { AppError } from '../../errors.ts';

export class New extends AppCommand {
  static override summary = 'Write a rule to start from, and its tests.';
  static override args = {
    id: argument({ ignoreStdin: true, required: true, description: "The rule's id, and the file's name." }),
  };
  static override flags = {
    resource: string({ required: true, helpValue: 'TYPE', description: 'What is judged: AWS::CloudTrail::Trail.' }),
    dir: string({ default: '.', helpValue: 'DIR', description: 'Where to.' }),
  };
  static override examples = ['<%= config.bin %> rules new trail-name-allowed --resource AWS::CloudTrail::Trail'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(New);
    const { rule, test } = scaffoldRule(args.id, flags.resource, registry);
    const files = [
      { path: join(flags.dir, `${args.id}.yaml`), pieces: [rule] },
      { path: join(flags.dir, `${args.id}.test.yaml`), pieces: [test] },
    ];
    const taken = files.find(({ path }) => isThere(path));
    if (taken) throw new AppError('output', `${taken.path} is there already`, { hint: 'Choose another id or --dir.' });
    await writeFiles(files);
    const lines = [...files.map(({ path }) => `wrote ${path}`), `Next: trailproof rules test ${files[0]?.path}`];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}
