import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERRORS } from '../../src/base/errors.ts';

const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const documented = new Map(
  [...text.matchAll(/^\| `(\w+)` \| (\d{3}) \| (.+?) \| (.+?) \|$/gm)].map(
    ([, code, status, when, hint]) => [code, { status: Number(status), when, hint }],
  ),
);

it('docs/errors.md has every code of the catalogue, and no other', () => {
  expect([...documented.keys()].sort()).toEqual(Object.keys(ERRORS).sort());
});

it.each(Object.entries(ERRORS))(
  'docs/errors.md says of %s what the product says',
  (code, { status, hint }) => {
    expect(documented.get(code)).toMatchObject({ status, hint });
    expect(documented.get(code)?.when?.length).toBeGreaterThan(10);
  },
);
