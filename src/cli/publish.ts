import { didYouMean } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import { type GatePolicy, relevantCounts } from '../evaluation/gate.ts';
import { tallyOf } from '../evaluation/tally.ts';
import { acceptedRemarks } from '../reporters/accepted-words.ts';
import { countsLine, outcomeLine, plural } from '../reporters/describe.ts';
import { explainGate } from '../reporters/gate-text.ts';
import { type Format, reporters } from '../reporters/index.ts';
import type { Report, ReporterOptions } from '../reporters/report.ts';
import { visible } from '../reporters/visible-text.ts';
import type { ReportFlags } from './flags.ts';
import { spillingSort } from './spilling-sort.ts';
import { wantsColor } from './terminal.ts';
import { sentence } from './usage.ts';
import { writeFiles } from './write-file.ts';
import { writeStream } from './write-stream.ts';

type FormatFlags = Pick<ReportFlags, 'format' | 'output'>;

/** Which formats go where. */
export interface Outputs {
  /** The format for standard output. */
  readonly stdout?: Format;
  readonly files: readonly { readonly format: Format; readonly path: string }[];
}

const formats = Object.keys(reporters) as readonly Format[];

/** Reads `--format` and `--output`: at most one format is left for standard output. */
export function outputsOf({ format = [], output = [] }: FormatFlags): Outputs {
  const files = output.map(readOutput);
  const [twice] = files.map(({ path }) => path).filter((path, index, paths) => paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new AppError('usage', `two formats go to ${twice}`, { hint: 'Give each a file of its own.' });
  const bare = [...new Set(format)].filter((wanted) => !files.some((file) => file.format === wanted));
  if (bare.length > 1) {
    throw new AppError('usage', `only one format can go to standard output, not ${bare.join(' and ')}`, {
      hint: `Write the others to files: --output ${bare[1]}=PATH.`,
    });
  }
  const stdout = bare[0] ?? (files.length === 0 ? 'text' : undefined);
  return { files, ...(stdout && { stdout }) };
}

function readOutput(given: string): Outputs['files'][number] {
  const [, name = '', path] = /^([^=]*)=(.+)$/s.exec(given) ?? [];
  if (path === undefined)
    throw new AppError('usage', `--output ${given}: cannot be read`, { hint: 'Write it as format=path.' });
  const format = formats.find((known) => known === name);
  if (format) return { format, path };
  const near = didYouMean(name, formats);
  throw new AppError('usage', `--output ${given}: there is no format ${JSON.stringify(name)}`, {
    hint: near === undefined ? `One of ${formats.join(', ')}.` : sentence(near),
  });
}

type PublishFlags = Pick<ReportFlags, 'quiet' | 'no-color' | 'group-by' | 'show' | 'explain-gate'>;

export interface PublishOptions {
  readonly outputs: Outputs;
  readonly flags: PublishFlags;
  readonly policy: GatePolicy;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Writes a report in every format that was asked for; files first, so that nobody reads a report that was not kept. */
export async function publish(report: Report, { outputs, flags, policy, environment }: PublishOptions): Promise<void> {
  const { stdout, files } = outputs;
  const optionsFor = (paint: 'plain' | 'colored'): ReporterOptions => ({
    color: paint === 'colored',
    groupBy: flags['group-by'],
    show: flags.show ?? ['fail', 'unknown'],
    sort: spillingSort(),
  });
  await writeFiles(files.map(({ format, path }) => ({ path, pieces: reporters[format](report, optionsFor('plain')) })));
  // Before standard output, of which nobody knows whether its reader takes it.
  process.exitCode = report.summary.exitCode;
  const colored = wantsColor(process.stdout, { noColor: flags['no-color'], environment }) ? 'colored' : 'plain';
  if (stdout) await writeStream(process.stdout, reporters[stdout](report, optionsFor(colored)));
  if (!flags.quiet)
    process.stderr.write(
      remarks(report, outputs, policy)
        .map((line) => `${line}\n`)
        .join(''),
    );
  // Whoever asks has said so, quiet or not.
  if (flags['explain-gate']) {
    const [first = '', ...rest] = explainGate(report, policy).map(visible);
    process.stderr.write([`trailproof: ${first}`, ...rest].map((line) => `${line}\n`).join(''));
  }
}

function remarks(report: Report, { stdout }: Outputs, policy: GatePolicy): readonly string[] {
  const verdict = stdout ? [] : [`trailproof: ${countsLine(report.summary)}. ${outcomeLine(report)}`];
  const unknown = policy.unknown === 'warn' ? relevantCounts(tallyOf(report.findings), policy).unknown : 0;
  return [
    ...verdict,
    ...(unknown > 0 ? [`trailproof: ${plural(unknown, 'finding')} could not be determined`] : []),
    ...acceptedRemarks(report).map((remark) => `trailproof: ${visible(remark)}`),
  ];
}
