import { nearOr } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import { whyNot } from '../rules/compile.ts';
import type { Parameter, Parameters, RuleDefinition } from '../rules/rule.ts';

/** The values of `--parameter rule.name=value`, each read as its parameter's type says. */
export function parameterFlags(given: readonly string[], definitions: readonly RuleDefinition[]): Parameters {
  const values = given.map((text) => readFlag(text, definitions));
  const byRule = Map.groupBy(values, ({ id }) => id);
  return Object.fromEntries(
    [...byRule].map(([id, own]) => [id, Object.fromEntries(own.map(({ name, value }) => [name, value]))]),
  );
}

/** The later parameters over the earlier ones, name by name. */
export function mergeParameters(under: Parameters, over: Parameters): Parameters {
  const ids = new Set([...Object.keys(under), ...Object.keys(over)]);
  const own = (parameters: Parameters, id: string) => (Object.hasOwn(parameters, id) ? parameters[id] : undefined);
  return Object.fromEntries([...ids].map((id) => [id, { ...own(under, id), ...own(over, id) }]));
}

function readFlag(text: string, definitions: readonly RuleDefinition[]) {
  const [, id, name, written] = /^([^.=]+)\.([^.=]+)=(.*)$/s.exec(text) ?? [];
  if (id === undefined || name === undefined || written === undefined) {
    throw usage(`--parameter ${text}: cannot be read`, 'Write it as rule.name=value.');
  }
  const definition = definitions.find((rule) => rule.id === id);
  if (!definition) {
    throw usage(
      `--parameter ${text}: no rule is called ${id}`,
      nearOr(
        id,
        definitions.map((rule) => rule.id),
        'trailproof rules list shows them all.',
      ),
    );
  }
  const declared = definition.parameters ?? {};
  const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (!parameter) {
    const names = Object.keys(declared);
    const others = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`;
    throw usage(`--parameter ${text}: ${id} has no parameter ${name}`, nearOr(name, names, others));
  }
  const value = typed(written, parameter);
  const wrong = whyNot(parameter, value);
  if (wrong)
    throw usage(
      `--parameter ${text}: ${name} ${wrong}`,
      parameter.why ?? `trailproof rules show ${id} says what it is.`,
    );
  return { id, name, value };
}

/** The value that a text on the command line means; the text itself where it cannot be of the type. */
function typed(written: string, { type }: Parameter): unknown {
  switch (type) {
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(written) ? Number(written) : written;
    case 'boolean':
      return written === 'true' || (written === 'false' ? false : written);
    case 'list':
      return written.startsWith('[') ? json(written) : written.split(',').map((item) => item.trim());
    case 'events':
      return json(written);
    case 'string':
    case 'duration':
      return written;
    default:
      return type satisfies never;
  }
}

function json(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}

const usage = (message: string, hint: string): AppError => new AppError('usage', message, { hint });
