import { string } from '@oclif/core/args';
import { Help } from '@oclif/core/help';
import { AppCommand } from '../../cli/app-command.ts';
import { noSuchCommand } from '../../cli/usage.ts';

/** Without it, a word that is no command would only be answered with help, and exit code 0. */
export class WaiversIndex extends AppCommand {
  static override summary = 'Accept risks for a time, and look after what is accepted.';
  static override args = { command: string({ ignoreStdin: true, description: 'lint or add.' }) };
  static override hidden = true;
  static override strict = false;

  async run(): Promise<void> {
    const { argv } = await this.parse(WaiversIndex);
    const [word] = argv.map(String);
    if (word !== undefined) throw noSuchCommand(`waivers ${word}`, this.config.commandIDs);
    await new Help(this.config).showHelp(['waivers']);
  }
}
