const braces = /\{\{|\{(\$?[A-Za-z][\w.-]*)\}/g;

/** A template taken apart: texts as they stand, and names that something is looked up by. */
type Piece = { readonly text: string } | { readonly name: string };

const known = new Map<string, readonly Piece[]>();

/** Of rules and resource types there are so many, and of each resource they are asked for again. */
function piecesOf(template: string): readonly Piece[] {
  const before = known.get(template);
  if (before) return before;
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: written, 1: name, index } of template.matchAll(braces)) {
    pieces.push({ text: template.slice(end, index) }, name === undefined ? { text: '{' } : { name });
    end = index + written.length;
  }
  pieces.push({ text: template.slice(end) });
  known.set(template, pieces);
  return pieces;
}

/** `arn:{partition}:s3:::{Name}` with each name looked up; undefined if one of them is not there. `{{` is a brace. */
export function fill(template: string, lookup: (name: string) => string | undefined): string | undefined {
  let filled = '';
  let missing = false;
  for (const piece of piecesOf(template)) {
    const value = 'text' in piece ? piece.text : lookup(piece.name);
    missing ||= value === undefined;
    filled += value ?? '';
  }
  return missing ? undefined : filled;
}

/** The names that a template asks for. */
export const namesIn = (template: string): readonly string[] =>
  piecesOf(template).flatMap((piece) => ('name' in piece ? piece.name : []));
