import { string } from '@oclif/core/args';
import { Help } from '@oclif/core/help';
import { AppCommand } from '../../cli/app-command.ts';
import { noSuchCommand } from '../../cli/usage.ts';

/** Without it, a word that is no command would only be answered with help, and exit code 0. */
export class Rules extends AppCommand {
  static override summary = 'List, show, test, validate and write rules.';
  static override args = { command: string({ ignoreStdin: true, description: 'list, show, test, validate or new.' }) };
  static override hidden = true;
  static override strict = false;

  async run(): Promise<void> {
    const { argv } = await this.parse(Rules);
    const [word] = argv.map(String);
    if (word !== undefined) throw noSuchCommand(`rules ${word}`, this.config.commandIDs);
    await new Help(this.config).showHelp(['rules']);
  }
}
