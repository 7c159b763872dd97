import { coverages } from './pack.ts';
import { closed, ifType, list, type Schema, texts } from './schema-parts.ts';

const ruleId: Schema = {
  type: 'string',
  pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  $comment: 'the id of a rule',
};

const parameters = (title: string): Schema => ({
  title,
  type: 'object',
  minProperties: 1,
  additionalProperties: {
    title: 'the parameters of a rule',
    type: 'object',
    minProperties: 1,
    additionalProperties: {},
  },
});

const mapping = closed(
  'a rule of a requirement',
  {
    rule: ruleId,
    assertedBy: list({
      type: 'string',
      pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
      $comment: 'a name in small letters such as prowler',
    }),
    generic: { const: true },
  },
  { required: ['rule'] },
);

const requirement = closed(
  'a requirement',
  {
    id: texts('the number or name that the framework gives it'),
    title: texts('what it asks for, in a few words'),
    coverage: { enum: coverages },
    note: texts('what a person has to look at, or which part no rule answers'),
    rules: list(mapping),
    floors: parameters('floors'),
  },
  { required: ['id', 'title', 'coverage'] },
);

/** The schema of a pack file: for AJV, and for editors. Draft 07. */
export const packSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...closed(
    'a pack',
    {
      pack: {
        type: 'string',
        pattern: '^[a-z][a-z0-9]*([.-][a-z0-9]+)*$',
        $comment: 'words of lower-case letters and digits joined by - or .',
      },
      title: texts('what it is called'),
      about: texts('what it holds, and what it leaves out'),
      references: list(
        closed(
          'a reference',
          { title: texts('its title'), url: { type: 'string', pattern: '^https://', $comment: 'an https address' } },
          { required: ['title', 'url'] },
        ),
      ),
      rules: ifType('array', list(ruleId), { type: 'string', pattern: '^all$', $comment: 'a list of rules, or all' }),
      parameters: parameters('parameters'),
      floors: parameters('floors'),
      requirements: list(requirement),
    },
    { required: ['pack', 'title', 'about'] },
  ),
};
