/** What an attacker, or merely an unlucky naming scheme, may put where a report prints a name. */
export const hostile = {
  ansi: '\u001b[31mred\u001b[0m\u0007',
  html: '<script>alert(1)</script>',
  cdata: 'a]]>b',
  pipe: 'one|two',
  newline: 'first\nsecond\r\nthird',
  command: '::error::owned',
  oldCommand: '##[error]owned',
  link: '[click](https://example.com) ![image](https://example.com/i.png) www.example.com',
  code: '`whoami` ```\n```',
  bidi: 'a\u202eb',
  rtl: 'שלום عالم',
  other: 'Zürich-東京-👩‍💻-\ud800-\uffff-\u0000-\u2028',
  long: `${'very-'.repeat(500)}long`,
} as const;
