import { expect, test } from 'vitest';
import {
  type Diagnostic,
  diagnosticsError,
  formatDiagnostic,
  placeOf,
  placesIn,
  sortDiagnostics,
  throwDiagnostics,
} from '../../src/documents/diagnostic.ts';
import { AppError } from '../../src/errors.ts';

const mistake = (file: string, line: number, message: string, hint?: string): Diagnostic => ({
  file,
  line,
  column: 5,
  message,
  ...(hint !== undefined && { hint }),
});

test('place, message, hint', () => {
  const message = 'LogFileValidationEnable is not a property of AWS::CloudTrail::Trail';
  expect(formatDiagnostic(mistake('rules/x.yaml', 9, message, 'did you mean LogFileValidationEnabled?'))).toBe(
    'rules/x.yaml:9:5 LogFileValidationEnable is not a property of AWS::CloudTrail::Trail; ' +
      'did you mean LogFileValidationEnabled?',
  );
  expect(formatDiagnostic(mistake('x', 1, 'wrong'))).toBe('x:1:5 wrong');
});

test('a terminal never sees what a hostile name would tell it', () => {
  expect(formatDiagnostic(mistake('x', 1, 'a\u001b[31m\nb\u202e'))).toBe('x:1:5 a\\u001b[31m\\u000ab\\u202e');
});

test('sorted by file and place, each once', () => {
  const sorted = sortDiagnostics([
    mistake('b', 1, 'm'),
    mistake('a', 10, 'm'),
    mistake('a', 9, 'z'),
    mistake('a', 9, 'm', 'with a hint'),
    mistake('a', 9, 'm'),
  ]);
  expect(sorted.map(formatDiagnostic)).toEqual(['a:9:5 m; with a hint', 'a:9:5 z', 'a:10:5 m', 'b:1:5 m']);
});

test('all at once as one error', () => {
  const error = diagnosticsError([mistake('b', 1, 'm'), mistake('a', 1, 'm')], 'rule');
  expect(error).toBeInstanceOf(AppError);
  expect([error.code, error.message, error.details]).toEqual(['rule', '2 mistakes in 2 files', ['a:1:5 m', 'b:1:5 m']]);
  expect(diagnosticsError([mistake('b', 1, 'm')]).message).toBe('1 mistake in b');
});

test('past a hundred the rest is counted', () => {
  const { message, details } = diagnosticsError(Array.from({ length: 103 }, (_, line) => mistake('a', line, 'm')));
  expect([message, details.length, details.at(-1)]).toEqual(['103 mistakes in a', 101, 'and 3 more']);
});

test('nothing wrong, nothing thrown', () => {
  expect(() => throwDiagnostics([])).not.toThrow();
  expect(() => throwDiagnostics([mistake('a', 1, 'm')])).toThrow('1 mistake in a');
});

test('the place of an offset', () => {
  expect(placeOf('ab\ncd', 0)).toEqual({ line: 1, column: 1 });
  expect(placeOf('ab\ncd', 2)).toEqual({ line: 1, column: 3 });
  expect(placeOf('ab\ncd', 4)).toEqual({ line: 2, column: 2 });
  expect(placeOf('ab\ncd', 4, 10)).toEqual({ line: 11, column: 2 });
});

test.each(['', 'ab', '\n', 'ab\ncd', '\n\nab\n', 'ab\r\n\ncd\n\n'])(
  'the places of %j are those of each offset',
  (text) => {
    const place = placesIn(text, 5);
    for (let offset = 0; offset <= text.length; offset += 1) expect(place(offset)).toEqual(placeOf(text, offset, 5));
  },
);
