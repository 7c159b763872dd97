import { XMLBuilder } from 'fast-xml-parser';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  format: true,
  suppressEmptyNode: true,
  // Otherwise an attribute with the value "true" would lose it.
  suppressBooleanAttributes: false,
});

/** An XML document: members that begin with `@` are attributes, `#text` is the text, a list repeats its element. */
export const xmlText = (document: object): string => builder.build(document);

/** The line that every XML document begins with. */
export const xmlHead = { '?xml': { '@version': '1.0', '@encoding': 'UTF-8' } };
