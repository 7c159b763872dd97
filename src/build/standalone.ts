import { Ajv, type Options } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { hoistObjects } from './hoist.ts';

/** A CommonJS module's `default` stands one level deeper for an importer that is no CommonJS module. */
const standaloneCode = (standaloneModule as unknown as { readonly default: typeof standaloneModule.default }).default;

const options: Options = {
  strict: true,
  strictRequired: false,
  strictTypes: false,
  discriminator: true,
  inlineRefs: false,
  code: { source: true, esm: true },
};

/**
 * JavaScript of one ES module that exports `validate` for a schema and imports nothing. What is valid is recognised by
 * code a fraction as long as that which explains mistakes; the engine compiles that only once there is one.
 */
export function standaloneValidator(written: object): string {
  const schema = hoistObjects({ ...written });
  const quick = codeOf(schema, { ...options, messages: false });
  const thorough = codeOf(schema, { ...options, allErrors: true, verbose: true });
  return `const isValid = ${quick};
let explaining;
export const validate = (value) => {
  if (isValid(value)) return true;
  explaining ??= explain();
  const valid = explaining(value);
  validate.errors = explaining.errors;
  return valid;
};
const explain = () => ${thorough};
`;
}

/** An expression whose value is the validator. */
function codeOf(schema: object, using: Options): string {
  const ajv = new Ajv(using);
  const code = withoutRequires(standaloneCode(ajv, ajv.compile(schema)));
  const [, name = ''] = /export const validate = ([\w$]+);/.exec(code) ?? [];
  const body = code
    .replace('"use strict";', '')
    .replace(/export const validate = [\w$]+;/, '')
    .replace(/export default [\w$]+;/, '');
  if (name === '' || /\brequire\(|\bexport\b/.test(body)) throw new Error('AJV writes its code in another way now');
  return `(() => {${body}\nreturn ${name};\n})()`;
}

/** The length of a text in code points: the only thing that AJV's code would otherwise fetch from the package. */
const withoutRequires = (code: string): string =>
  code.replace(
    /const ([\w$]+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/g,
    'const $1 = (text) => [...text].length;',
  );
