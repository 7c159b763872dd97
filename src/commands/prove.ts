import { string } from '@oclif/core/args';
import { boolean, integer, option, string as text } from '@oclif/core/flags';
import { AppCommand } from '../cli/app-command.ts';
import { classInWords, classOfCall } from '../cli/event-argument.ts';
import { classOfRecord } from '../cli/event-record.ts';
import { passOverOrganization } from '../cli/expected-accounts.ts';
import { accountFlag, type LiveFlags, liveFlags, type RunFlags, reportFlags, runFlags } from '../cli/flags.ts';
import { type Account, filesOf, heldAccounts, readAccounts } from '../cli/inputs.ts';
import { readAccount } from '../cli/live.ts';
import { planOf } from '../cli/plan.ts';
import { printedJson } from '../cli/printed-json.ts';
import { daysToKeep, proofNeeds, proveIn } from '../cli/proof.ts';
import { matrixText } from '../cli/proof-matrix.ts';
import { proofText } from '../cli/proof-text.ts';
import { registry } from '../cli/rule-set.ts';
import { timeFlag } from '../cli/run-report.ts';
import { wantsColor } from '../cli/terminal.ts';
import { shownName, standardInput } from '../documents/files.ts';
import { AppError } from '../errors.ts';
import { coverageClasses } from '../evaluation/coverage-classes.ts';
import { painter } from '../reporters/paint.ts';

export class Prove extends AppCommand {
  static override summary = 'Prove what happens to an event: recorded, delivered, encrypted, kept, noticed.';
  static override description =
    'In every account and region, each link with what decided it; the first broken link is named. Regions with the same answer are shown together. Without a file the account of your credentials is read.\n\nExit codes: 0 every link holds, 1 a link is broken, 2 error, 3 a link is unknown. A matrix always ends with 0.';
  static override strict = false;
  static override args = {
    event: string({
      ignoreStdin: true,
      description: "A call (dynamodb:DeleteTable, 's3:PutObject arn:…'), unless --class or --event says it.",
    }),
    file: string({ ignoreStdin: true, description: 'Snapshots or recordings. Default: the account itself.' }),
  };
  static override flags = {
    class: text({
      helpValue: 'WORDS',
      exclusive: ['event'],
      description: "Events in words: 'category=Data access=Write'.",
    }),
    event: text({ helpValue: 'FILE', description: 'A CloudTrail record in a file: what happens to an event like it?' }),
    matrix: boolean({ exclusive: ['class', 'event'], description: 'Classes of events by region, as a heat map.' }),
    days: integer({
      min: 1,
      default: daysToKeep,
      description: 'For how many days it must be kept. The default is longer than the event history.',
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
    const name = flags.class ?? call ?? '';
    const paths = isNamed ? words : words.slice(1);
    assertReadable(paths, flags);
    // What is meant first: a slip of the pen should not cost a scan.
    const event = flags.matrix ? {} : await eventOf(flags, name);
    const accounts = await accountsIn(paths, flags);
    const options = {
      days: flags.days,
      now: timeFlag(flags.now),
      regions: flags.region,
      except: flags['exclude-region'] ?? [],
      asked: flags.matrix ? 'all but noticed by' : 'all links',
    } as const;
    const paint = painter({
      color: wantsColor(process.stdout, { noColor: flags['no-color'], environment: process.env }),
    });
    if (flags.matrix) {
      // Whether each event of a class that nobody watches is noticed takes longest to say, and is asked by nobody.
      const bulk = coverageClasses.filter(({ until }) => until === 'kept for');
      const rows = bulk.map(
        ({ name: row, events }) => [row, proveIn(accounts, { ...options, event: events })] as const,
      );
      const matrix = { trailproof: 'matrix/1', rows: Object.fromEntries(rows) };
      process.stdout.write(flags.format === 'json' ? printedJson(matrix) : matrixText(rows, paint));
      return;
    }
    const proof = proveIn(accounts, { ...options, event });
    process.stdout.write(
      flags.format === 'json'
        ? printedJson(proof)
        : proofText(proof, flags.event === undefined ? name : `an event like ${shownName(flags.event)}`, paint),
    );
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

const sources = ['replay', 'profile', 'role-arn', 'record'] as const;

/** What is read from files is not read from AWS, and standard input holds one thing. */
function assertReadable(paths: readonly string[], flags: LiveFlags & { readonly event?: string | undefined }): void {
  const source = sources.find((flag) => flags[flag] !== undefined);
  if (paths.length > 0 && source) {
    throw new AppError('usage', `--${source} does not go with files`, {
      hint: `Leave out --${source}, or ${paths.join(' ')}.`,
    });
  }
  if (flags.event === standardInput && paths.includes(standardInput)) {
    throw new AppError('usage', 'standard input can be read once', { hint: 'Name - once.' });
  }
}

/** The accounts that are asked about: those in files, else the one that AWS or a recording shows. */
async function accountsIn(
  paths: readonly string[],
  flags: LiveFlags & Partial<Pick<RunFlags, 'now'>>,
): Promise<readonly Account[]> {
  const plan = planOf([proofNeeds()]);
  const now = timeFlag(flags.now);
  if (paths.length === 0) return [await readAccount(flags, { plan, read: new Set(), now })];
  const files = filesOf(paths, { allowEmpty: 'not-empty' });
  const { account } = flags;
  const reading = {
    registry,
    plan,
    allowEmpty: 'not-empty',
    onOrganization: passOverOrganization,
    ...(now && { now }),
    ...(account && { account }),
  } as const;
  return heldAccounts(readAccounts(files, reading));
}

const nothingNamed = (): AppError =>
  new AppError('usage', 'prove needs an event', {
    details: [
      '  trailproof prove dynamodb:DeleteTable snapshot.yaml',
      "  trailproof prove --class 'category=Data access=Write' snapshot.yaml",
      '  trailproof prove --matrix snapshot.yaml',
    ],
    hint: 'Without a file the account of your AWS credentials is read.',
  });
