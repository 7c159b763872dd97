import { AppError } from '../errors.ts';

/** What a workflow says under `with`; `action.yml` tells what each means and has the defaults. */
export interface Inputs {
  readonly files: readonly string[];
  readonly config: string;
  readonly rules: readonly string[];
  readonly framework: readonly string[];
  readonly failOn: string;
  readonly unknown: string;
  readonly formats: readonly string[];
  readonly arguments: readonly string[];
  readonly send: readonly string[];
  /** `complete`: only where nothing can be missing. */
  readonly uploadSarif: 'never' | 'complete' | 'always';
  readonly sarifCategory: string;
  readonly comment: boolean;
  readonly baseReport: string;
  readonly token: string;
  readonly workingDirectory: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the inputs where the runner puts them: `INPUT_` and the name in capitals, empty where nothing was said (GitHub
 * Docs, "Metadata syntax reference", inputs). A switch that is neither true nor false is an AppError.
 */
export function readInputs(environment: Environment): Inputs {
  const text = (name: string): string => (environment[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const lines = (name: string): readonly string[] =>
    text(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const isOn = (name: string): boolean => {
    const said = text(name).toLowerCase();
    if (said === 'true') return true;
    if (said === 'false' || said === '') return false;
    throw new AppError('usage', `${name}: ${said} is neither true nor false`);
  };
  return {
    files: lines('files'),
    config: text('config'),
    rules: lines('rules'),
    framework: lines('framework'),
    failOn: text('fail-on'),
    unknown: text('unknown'),
    formats: lines('formats'),
    arguments: argumentsOf(lines('arguments')),
    send: lines('send'),
    uploadSarif:
      text('upload-sarif').toLowerCase() === 'always' ? 'always' : isOn('upload-sarif') ? 'complete' : 'never',
    sarifCategory: text('sarif-category'),
    comment: isOn('comment'),
    baseReport: text('base-report'),
    token: text('token'),
    workingDirectory: text('working-directory') || '.',
  };
}

/** Of the base nothing is written, and nothing sent: what does that has inputs of its own. */
function argumentsOf(given: readonly string[]): readonly string[] {
  const joined = given.find((argument) => /^--[\w-]+\s/.test(argument));
  if (joined !== undefined)
    throw new AppError('usage', `arguments: ${joined}: a flag and its value stand on a line each`);
  const own = /^--(?:output|format|send|record)(?:=|$)/;
  const wrong = given.find((argument) => own.test(argument));
  if (wrong === undefined) return given;
  throw new AppError('usage', `arguments: ${wrong} is not taken here: the inputs formats and send are for that`);
}

/** The command that the inputs ask for: the same for the base, but for what it writes and where its files are. */
export function commandOf(inputs: Inputs, writing: readonly string[]): readonly string[] {
  const { files, config, rules, framework, failOn, unknown, arguments: others } = inputs;
  const flag = (name: string, value: string): readonly string[] => (value === '' ? [] : [`--${name}`, value]);
  return [
    files.length > 0 ? 'check' : 'scan',
    ...flag('config', config),
    ...rules.flatMap((pack) => flag('rules', pack)),
    ...framework.flatMap((pack) => flag('framework', pack)),
    ...flag('fail-on', failOn),
    ...flag('unknown', unknown),
    ...writing,
    ...others,
    ...(files.length > 0 ? ['--', ...files] : []),
  ];
}
