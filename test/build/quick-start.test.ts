import { describe, expect, test } from 'vitest';
import { compiledAtOnce, inAscii, startToEnd, withoutFacades } from '../../src/build/quick-start.ts';

test('a letter beyond ASCII is written as its number, in two where it takes two', () => {
  expect(inAscii('const [ä, b] = ["…", `🧑`, /\u00a0/];')).toBe(
    'const [\\u00e4, b] = ["\\u2026", `\\ud83e\\uddd1`, /\\u00a0/];',
  );
});

test.each([
  ["import{a as b,c}from'node:fs';b();", 'const {a:b,c:c}=globalThis.process.getBuiltinModule("node:fs");b();'],
  ['import a from "node:os";', 'const a=globalThis.process.getBuiltinModule("node:os");'],
  ['import*as a from "node:os";', 'const a=globalThis.process.getBuiltinModule("node:os");'],
  [
    'import a,{b}from "node:os";',
    'const a=globalThis.process.getBuiltinModule("node:os");const {b:b}=globalThis.process.getBuiltinModule("node:os");',
  ],
  ['import{a}from"./a.js";export{a as b};', 'import{a}from"./a.js";export{a as b};'],
])('Node says by a call what an import of it would: %s', (written, code) => {
  expect(withoutFacades(written)).toBe(code);
});

describe('a function that a run calls', () => {
  /** With every function whose text begins so called. */
  function compiled(code: string, ...beginnings: readonly string[]): string {
    const places = Array.from(code, (_, index) => index);
    const starts = places.filter((start) => beginnings.some((text) => code.startsWith(text, start)));
    const ends = [...places, code.length];
    return compiledAtOnce(code, new Set(starts.flatMap((start) => ends.map((end) => startToEnd(start, end)))));
  }

  test('stands in parentheses, and no other does', () => {
    expect(compiled('const a=()=>1,b=function(){};a(c=>c(1),async()=>{});', '()=>1', 'c=>', 'async')).toBe(
      'const a=(()=>1),b=function(){};a((c=>c(1)),(async()=>{}));',
    );
  });

  test('is a variable where a statement declared it, before anything can call it', () => {
    expect(compiled('import{x}from"./x.js";a();function a(){b()}function b(){}export{a as c};', 'function a')).toBe(
      'var a=(function (){b()});import{x}from"./x.js";a();function b(){}export{a as c};',
    );
  });

  test('is one inside another function too, after what says how that is to be read', () => {
    expect(compiled('function a(){"use strict";return b();function b(){}}', 'function')).toBe(
      'var a=(function (){"use strict";var b=(function (){});return b();});',
    );
  });

  test('can still be assigned to by itself', async () => {
    const code = compiled('function a(){a=()=>2;return 1}export const said=[a(),a(),a.name];', 'function a');
    expect((await import(`data:text/javascript,${code}`)).said).toEqual([1, 2, 'a']);
  });

  test('stays as it is where its syntax is that of a method', () => {
    const code = 'const a={b(){},get c(){return 1},async*d(){}};class E{f(){}static{}};';
    expect(compiled(code, '(){', 'b()', 'c()', 'd()', 'f()', 'get', 'async')).toBe(code);
  });
});
