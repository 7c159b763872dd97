import { string } from '@oclif/core/args';
import { TopicCommand } from '../../cli/topic-command.ts';

export class BaselineIndex extends TopicCommand {
  static override summary = 'Record what fails today, and keep it from growing.';
  static override args = { command: string({ ignoreStdin: true, description: 'create, update or prune.' }) };
}
