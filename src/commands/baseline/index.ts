import { string } from '@oclif/core/args';
import { Help } from '@oclif/core/help';
import { AppCommand } from '../../cli/app-command.ts';
import { noSuchCommand } from '../../cli/usage.ts';

/** Without it, a word that is no command would only be answered with help, and exit code 0. */
export class BaselineIndex extends AppCommand {
  static override summary = 'Write down what fails today, and keep it from growing.';
  static override args = { command: string({ ignoreStdin: true, description: 'create, update or prune.' }) };
  static override hidden = true;
  static override strict = false;

  async run(): Promise<void> {
    const { argv } = await this.parse(BaselineIndex);
    const [word] = argv.map(String);
    if (word !== undefined) throw noSuchCommand(`baseline ${word}`, this.config.commandIDs);
    await new Help(this.config).showHelp(['baseline']);
  }
}
