import type { Registry } from '../resource-types/resource-type.ts';
import { conditionOn, definitionName, elementsIn, resourceCondition } from './condition-schema.ts';
import { eventClass } from './event-class-schema.ts';
import { severities } from './rule.ts';
import { scalarsOf } from './scalar-schema.ts';
import { closed, list, orParameter, ref, type Schema, texts } from './schema-parts.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

function parameter(): Schema {
  return closed(
    'a parameter',
    {
      type: { enum: ['integer', 'number', 'string', 'boolean', 'duration', 'events', 'list'] },
      default: {},
      minimum: { type: 'number' },
      maximum: { type: 'number' },
      values: list({ type: 'string' }),
      sets: { title: 'sets', type: 'object', minProperties: 1, additionalProperties: ref('eventSet') },
      stricter: { enum: ['higher', 'lower', 'more', 'fewer'] },
      why: texts('why it matters'),
    },
    {
      required: ['type'],
      if: { properties: { type: { const: 'events' } }, required: ['type'] },
      then: { properties: { default: ref('eventSet') } },
    },
  );
}

/** The schema of a rule file, from the resource types: for AJV, and for editors (design §4). Draft 07. */
export function ruleSchema(registry: Registry): Schema {
  const words = Object.values(registry).map((type) => vocabularyOf(type, registry));
  const rules = words.map((vocabulary) => [`${vocabulary.type.name}:rule`, ruleOf(vocabulary)] as const);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'a Trailproof rule',
    type: 'object',
    required: ['resource'],
    properties: { resource: { type: 'string' } },
    discriminator: { propertyName: 'resource' },
    oneOf: rules.map(([name]) => ref(name)),
    definitions: {
      count: orParameter({ type: 'integer', minimum: 0 }, 'a number of elements'),
      ...eventClass(),
      parameter: parameter(),
      ...scalarsOf(words),
      ...Object.fromEntries(
        words.flatMap(({ type, properties }) =>
          [...properties].flatMap(([name, { node }]) => {
            const title = `${type.name}.${name}`;
            return [[title, conditionOn(node, title)] as const, ...elementsIn(node, title)];
          }),
        ),
      ),
      ...Object.fromEntries(
        words.flatMap(({ type, facts }) =>
          Object.entries(facts).flatMap(([name, { node }]) => elementsIn(node, `${type.name}.${name}`)),
        ),
      ),
      ...Object.fromEntries(
        words.flatMap((vocabulary) =>
          (['judged', 'related'] as const).map((related) => [
            definitionName(vocabulary.type.name, related),
            resourceCondition(vocabulary, related),
          ]),
        ),
      ),
      ...Object.fromEntries(rules),
    },
  };
}

function ruleOf({ type }: Vocabulary): Schema {
  const condition = ref(definitionName(type.name, 'judged'));
  return closed(
    'a rule',
    {
      id: {
        type: 'string',
        pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
        $comment: 'words of lower-case letters and digits joined by -',
      },
      title: texts('what must hold, in a few words'),
      severity: { enum: severities },
      resource: { const: type.name },
      why: texts('why it matters, for an auditor'),
      passes: texts('what passes'),
      fails: texts('what fails'),
      controls: {
        title: 'controls',
        type: 'object',
        additionalProperties: list({ type: 'string' }),
      },
      references: list(
        closed(
          'a reference',
          { title: texts('its title'), url: { type: 'string', pattern: '^https://', $comment: 'an https address' } },
          { required: ['title', 'url'] },
        ),
      ),
      parameters: { title: 'parameters', type: 'object', additionalProperties: ref('parameter') },
      when: condition,
      whenNone: { enum: ['fail', 'not-applicable'] },
      require: condition,
      message: texts('what is said when it fails'),
      remediation: closed(
        'remediation',
        Object.fromEntries(['text', 'cli', 'terraform', 'cloudformation'].map((way) => [way, texts(way)])),
        { minProperties: 1 },
      ),
    },
    { required: ['id', 'title', 'severity', 'resource', 'why', 'require'] },
  );
}
