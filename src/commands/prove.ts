import { string } from '@oclif/core/args';
import { boolean, integer, option, string as text } from '@oclif/core/flags';
import { AppCommand } from '../cli/app-command.ts';
import { classInWords, classOfCall, classOfRecord } from '../cli/event-argument.ts';
import { accountFlag, type LiveFlags, liveFlags, type RunFlags, reportFlags, runFlags } from '../cli/flags.ts';
import { type Account, filesOf, readAccounts } from '../cli/inputs.ts';
import { readAccount } from '../cli/live.ts';
import { planOf } from '../cli/plan.ts';
import { type Proof, proofNeeds, proveIn } from '../cli/proof.ts';
import { matrixClasses, matrixText } from '../cli/proof-matrix.ts';
import { proofText } from '../cli/proof-text.ts';
import { registry } from '../cli/rule-set.ts';
import { timeFlag } from '../cli/run-report.ts';
import { wantsColor } from '../cli/terminal.ts';
import { AppError } from '../errors.ts';
import { painter } from '../reporters/paint.ts';

export class Prove extends AppCommand {
  static override summary = 'Prove what happens to an event: recorded, delivered, encrypted, kept, noticed.';
  static override description =
    'In every account and region, each link with what decided it; the first broken one is named. Without a file the account of your credentials is read.\n\nExit codes: 0 every link holds, 1 a link is broken, 2 error, 3 not all is known.';
  static override strict = false;
  static override args = {
    event: string({
      description: "A call (dynamodb:DeleteTable, 's3:PutObject arn:…'), unless --class or --event says it.",
    }),
    file: string({ description: 'Snapshots or recordings; left out: the account itself.' }),
  };
  static override flags = {
    class: text({
      helpValue: 'WORDS',
      exclusive: ['event'],
      description: "Events in words: 'category=Data access=Write'.",
    }),
    event: text({ helpValue: 'FILE', description: 'A CloudTrail record: what happens to one like it?' }),
    matrix: boolean({ exclusive: ['class', 'event'], description: 'Classes of events by region, as a heat map.' }),
    days: integer({
      min: 1,
      default: 91,
      description: 'For how long it must be kept. Default: longer than the event history, 91.',
    }),
    format: option({ options: ['text', 'json'] as const })({
      default: 'text',
      description: 'For people or for programs.',
    }),
    'no-color': reportFlags['no-color'],
    now: runFlags.now,
    ...accountFlag,
    ...liveFlags,
  };
  static override examples = [
    '<%= config.bin %> prove dynamodb:DeleteTable snapshot.yaml',
    "<%= config.bin %> prove 's3:PutObject arn:aws:s3:::payments/*' --region eu-west-1",
    "<%= config.bin %> prove --class 'category=Data access=Write' snapshot.yaml",
    '<%= config.bin %> prove --matrix snapshot.yaml',
  ];

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Prove);
    const words = argv.map(String);
    const isNamed = flags.class !== undefined || flags.event !== undefined || flags.matrix;
    const call = isNamed ? undefined : words[0];
    if (!isNamed && call === undefined) throw nothingNamed();
    const accounts = await accountsIn(isNamed ? words : words.slice(1), flags);
    const options = { days: flags.days, now: timeFlag(flags.now), regions: flags.region };
    const color = wantsColor(process.stdout, { noColor: flags['no-color'], environment: process.env });
    const proveEvent = (event: Written): Promise<Proof> => proveIn(each(accounts), { ...options, event });
    if (flags.matrix) {
      const rows: (readonly [string, Proof])[] = [];
      for (const [name, event] of matrixClasses) rows.push([name, await proveEvent(event)]);
      const matrix = { trailproof: 'matrix/1', rows: Object.fromEntries(rows) };
      process.stdout.write(flags.format === 'json' ? json(matrix) : matrixText(rows, painter({ color })));
      return;
    }
    const name = flags.event ?? flags.class ?? call ?? '';
    const proof = await proveEvent(await eventOf(flags, name));
    process.stdout.write(flags.format === 'json' ? json(proof) : proofText(proof, name, painter({ color })));
    process.exitCode = proof.exitCode;
  }
}

type Written = Readonly<Record<string, unknown>>;

/** What event is meant: a record in a file, a class in words, or a call. */
async function eventOf(
  flags: Readonly<Record<'event' | 'class', string | undefined>>,
  named: string,
): Promise<Written> {
  if (flags.event !== undefined) return classOfRecord(flags.event);
  return flags.class === undefined ? classOfCall(named) : classInWords(flags.class);
}

async function* each(accounts: readonly Account[]): AsyncGenerator<Account> {
  yield* accounts;
}

/** The accounts that are asked about: those in files, else the one that AWS or a recording shows. */
async function accountsIn(
  paths: readonly string[],
  flags: LiveFlags & Partial<Pick<RunFlags, 'now'>>,
): Promise<readonly Account[]> {
  const plan = planOf([proofNeeds()]);
  const now = timeFlag(flags.now);
  if (paths.length === 0) return [await readAccount(flags, { plan, now })];
  const files = filesOf(paths, { allowEmpty: 'not-empty' });
  const { account } = flags;
  const reading = {
    registry,
    plan,
    allowEmpty: 'not-empty',
    ...(now && { now }),
    ...(account && { account }),
  } as const;
  const accounts: Account[] = [];
  for await (const one of readAccounts(files, reading)) accounts.push(one);
  return accounts;
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const nothingNamed = (): AppError =>
  new AppError('usage', 'prove needs an event', {
    details: [
      '  trailproof prove dynamodb:DeleteTable snapshot.yaml',
      "  trailproof prove --class 'category=Data access=Write' snapshot.yaml",
      '  trailproof prove --matrix snapshot.yaml',
    ],
    hint: 'Without a file the account of your AWS credentials is read.',
  });
