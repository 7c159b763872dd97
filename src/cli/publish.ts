import { nearOr } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import { type GatePolicy, gatedRequirements, relevantCounts } from '../evaluation/gate.ts';
import { tallyOf } from '../evaluation/tally.ts';
import { acceptedRemarks } from '../reporters/accepted-words.ts';
import { countsLine, outcomeLine, plural } from '../reporters/describe.ts';
import { explainGate } from '../reporters/gate-text.ts';
import { type Format, formats, reporterFor } from '../reporters/index.ts';
import type { Report, ReporterOptions } from '../reporters/report.ts';
import { visible } from '../reporters/visible-text.ts';
import { folderInCheckout } from './checkout.ts';
import type { Config } from './config.ts';
import type { LiveFlags, ReportFlags } from './flags.ts';
import { type Sending, sentLines } from './send.ts';
import { spillingSort } from './spilling-sort.ts';
import { wantsColor } from './terminal.ts';
import { assertApart, writeFiles } from './write-file.ts';
import { chunksOf, writeStream } from './write-stream.ts';

type FormatFlags = Pick<ReportFlags, 'format' | 'output'>;

/** Which formats go where. */
export interface Outputs {
  /** The format for standard output. */
  readonly stdout?: Format;
  readonly files: readonly { readonly format: Format; readonly path: string }[];
}

/**
 * Reads `--format` and `--output`: at most one format is left for standard output. Files of the config are written
 * beside; one of the format of a flag gives way to it.
 */
export function outputsOf(
  { format = [], output = [], record }: Partial<FormatFlags> & Partial<Pick<LiveFlags, 'record'>>,
  configured: Config['outputs'] = {},
): Outputs {
  const named = output.map(readOutput);
  const others = formats.flatMap((one) => {
    const path = configured[one];
    return path === undefined || named.some((file) => file.format === one) ? [] : [{ format: one, path }];
  });
  const files = [...named, ...others];
  assertApart([...files.map(({ format, path }) => ({ what: format, path })), { what: 'the recording', path: record }]);
  const bare = [...new Set(format)].filter((wanted) => !named.some((file) => file.format === wanted));
  if (bare.length > 1) {
    throw new AppError('usage', `only one format can go to standard output, not ${bare.join(' and ')}`, {
      hint: `Write the others to files: --output ${bare[1]}=PATH.`,
    });
  }
  const stdout = bare[0] ?? (named.length === 0 ? 'text' : undefined);
  return { files, ...(stdout && { stdout }) };
}

/** The paths of `--output`, by format. */
export const outputPaths = (output: readonly string[]): Config['outputs'] =>
  Object.fromEntries(output.map(readOutput).map(({ format, path }) => [format, path]));

function readOutput(given: string): Outputs['files'][number] {
  const [, name = '', path] = /^([^=]*)=(.+)$/s.exec(given) ?? [];
  if (path === undefined)
    throw new AppError('usage', `--output ${given}: cannot be read`, { hint: 'Write it as format=path.' });
  const format = formats.find((known) => known === name);
  if (format) return { format, path };
  throw new AppError('usage', `--output ${given}: there is no format ${JSON.stringify(name)}`, {
    hint: nearOr(name, formats, `One of ${formats.join(', ')}.`),
  });
}

type PublishFlags = Pick<
  ReportFlags,
  'quiet' | 'no-color' | 'group-by' | 'show' | 'format' | 'explain-gate' | 'sarif-suppressed' | 'location'
>;

export interface PublishOptions {
  readonly outputs: Outputs;
  readonly flags: PublishFlags;
  readonly policy: GatePolicy;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Sends it on; left out: nobody asked for that. */
  readonly sending?: Sending | undefined;
}

/**
 * Writes a report in every format that was asked for; files first, so that nobody reads a report that was not kept. Then
 * it is sent: what does not arrive ends the run with 2.
 */
export async function publish(report: Report, options: PublishOptions): Promise<void> {
  const { outputs, flags, policy, environment, sending } = options;
  const { stdout, files } = outputs;
  const optionsFor = (paint: 'plain' | 'colored'): ReporterOptions => ({
    color: paint === 'colored',
    groupBy: flags['group-by'],
    show: flags.show ?? ['fail', 'unknown'],
    locations: flags.location,
    folder: folderInCheckout(environment, process.cwd()),
    waived: flags['sarif-suppressed'] ? 'suppress' : 'omit',
    sort: spillingSort(),
  });
  const plain = async (format: Format): Promise<() => Iterable<string>> => {
    const reporter = await reporterFor(format);
    return () => reporter(report, optionsFor('plain'));
  };
  await writeFiles(
    await Promise.all(files.map(async ({ format, path }) => ({ path, pieces: (await plain(format))() }))),
  );
  // Before standard output, of which nobody knows whether its reader takes it.
  process.exitCode = report.summary.exitCode;
  const uploads = keptFormats(outputs, flags).map(async (format) => {
    const said = await plain(format);
    return { format, pieces: () => chunksOf(said()) };
  });
  const sent = sending ? await sending.send(report, await Promise.all(uploads)) : [];
  const failed = sentLines(sent, 'failed');
  if (failed.length > 0) process.exitCode = 2;
  const colored = wantsColor(process.stdout, { noColor: flags['no-color'], environment }) ? 'colored' : 'plain';
  if (stdout) await writeStream(process.stdout, (await reporterFor(stdout))(report, optionsFor(colored)));
  const said = flags.quiet ? [] : [...remarks(report, outputs, policy), ...sentLines(sent, 'done')];
  // Whoever asks has said so, quiet or not.
  const explained = flags['explain-gate'] ? explanation(report, policy) : [];
  process.stderr.write([...said, ...failed, ...explained].map((line) => `${line}\n`).join(''));
}

function explanation(report: Report, policy: GatePolicy): readonly string[] {
  const [first = '', ...rest] = explainGate(report, policy).map(visible);
  return [`trailproof: ${first}`, ...rest];
}

/** The formats that a run names, for those who keep them; if it names none, the one that all others can be said from. */
function keptFormats({ files }: Outputs, { format = [] }: Pick<ReportFlags, 'format'>): readonly Format[] {
  const named = new Set([...files.map((file) => file.format), ...format]);
  return named.size > 0 ? [...named] : ['json'];
}

function remarks(report: Report, { stdout }: Outputs, policy: GatePolicy): readonly string[] {
  const verdict = stdout ? [] : [`trailproof: ${countsLine(report.summary)}. ${outcomeLine(report)}`];
  return [
    ...verdict,
    ...(policy.unknown === 'warn' ? unknownRemarks(report, policy) : []),
    ...acceptedRemarks(report).map((remark) => `trailproof: ${visible(remark)}`),
  ];
}

function unknownRemarks({ findings, frameworks = [] }: Report, policy: GatePolicy): readonly string[] {
  const { unknown } = relevantCounts(tallyOf(findings), policy);
  const open = gatedRequirements(frameworks, policy).filter(({ status }) => status === 'unknown').length;
  const counts = [unknown > 0 ? plural(unknown, 'finding') : [], open > 0 ? plural(open, 'requirement') : []].flat();
  return counts.map((counted) => `trailproof: ${counted} could not be determined`);
}
