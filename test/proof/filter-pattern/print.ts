import type {
  Expression,
  FilterPattern,
  Literal,
  Step,
  Term,
  Test,
} from '../../../src/proof/filter-pattern/pattern.ts';

/** A pattern as CloudWatch Logs would read it again: every text in quotes, every pair in parentheses. */
export function printFilterPattern(pattern: FilterPattern): string {
  switch (pattern.is) {
    case 'everything':
      return '';
    case 'json':
      return `{ ${printExpression(pattern.expression)} }`;
    case 'columns':
      return pattern.text;
    default:
      return pattern.terms.map(printTerm).join(' ');
  }
}

const printTerm = ({ how, wanted }: Term): string =>
  `${{ all: '', any: '?', none: '-' }[how]}${typeof wanted === 'string' ? quoted(wanted) : `%${wanted.written}%`}`;

function printExpression(expression: Expression): string {
  if ('selector' in expression) return `$${expression.selector.map(printStep).join('')} ${printTest(expression.test)}`;
  const [parts, between] = 'or' in expression ? [expression.or, ' || '] : [expression.and, ' && '];
  return parts.map((part) => ('selector' in part ? printExpression(part) : `(${printExpression(part)})`)).join(between);
}

function printStep(step: Step): string {
  if (step === 'any member') return '.*';
  if (step === 'any element') return '[*]';
  if ('index' in step) return `[${step.index}]`;
  if (/^[A-Za-z0-9_-]+$/.test(step.name)) return `.${step.name}`;
  return step.name.includes("'") ? `.["${step.name}"]` : `.['${step.name}']`;
}

function printTest(test: Test): string {
  if (test.is === 'missing') return 'NOT EXISTS';
  if ('than' in test) return `${test.is} ${test.than}`;
  if ('to' in test) return `${test.is === 'equal' ? '=' : '!='} ${printLiteral(test.to)}`;
  return `IS ${test.is}`;
}

function printLiteral(literal: Literal): string {
  if (literal.kind === 'number') return literal.written;
  if (literal.kind === 'regex') return `%${literal.written}%`;
  const { text, openStart, openEnd } = literal;
  if (openStart && openEnd && text === '') return '"*"';
  return quoted(`${openStart ? '*' : ''}${text}${openEnd ? '*' : ''}`);
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
