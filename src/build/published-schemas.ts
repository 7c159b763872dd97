import { lineSchema } from '../reporters/line-schema.ts';
import type { ReportSchema } from '../reporters/object-schema.ts';
import { reportDescriptions } from '../reporters/report-descriptions.ts';
import { reportSchema } from '../reporters/report-schema.ts';

/** Schemas for those who read what Trailproof writes, by the file that each is published in. */
export const publishedSchemas = (): Readonly<Record<string, object>> => ({
  'report.schema.json': { ...titled('A report of Trailproof', reportSchema), ...described(reportSchema, '') },
  'report-line.schema.json': {
    ...titled('A line of a report of Trailproof in JSON lines', lineSchema),
    anyOf: lineSchema.anyOf.map((line) => described(line, placeOf(line))),
  },
});

/** The dialect first: editors look for it there. */
const titled = (title: string, { $schema }: { readonly $schema?: string }) => ({ $schema, title });

/** Where in a report stands what a line holds. */
const placeOf = ({ properties = {} }: ReportSchema): string => places[String(properties.kind?.const)] ?? '';
const places: Readonly<Record<string, string>> = {
  finding: 'findings[]',
  gap: 'gaps[]',
  waiver: 'waivers[]',
  baseline: 'baseline',
  coverage: 'coverage',
  summary: 'summary',
};

/** Every place in a schema that can be described: `findings[].resource.id`, `[]` being an item and `{}` any value. */
export function placesIn(
  { properties = {}, items, additionalProperties }: ReportSchema,
  place = '',
): readonly string[] {
  return [
    ...(items ? placesIn(items, `${place}[]`) : []),
    ...(additionalProperties ? placesIn(additionalProperties, `${place}{}`) : []),
    ...Object.entries(properties).flatMap(([name, part]) => [
      inside(place, name),
      ...placesIn(part, inside(place, name)),
    ]),
  ];
}

const inside = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

/** The schema, and what each of its parts says. */
function described(schema: ReportSchema, place: string): object {
  const { properties, items, additionalProperties } = schema;
  const description = reportDescriptions[place];
  return {
    ...(description !== undefined && { description }),
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, part]) => [name, described(part, inside(place, name))]),
      ),
    }),
    ...(items && { items: described(items, `${place}[]`) }),
    ...(additionalProperties && { additionalProperties: described(additionalProperties, `${place}{}`) }),
  };
}
