import { describe, expect, it } from 'vitest';
import { countryOf, readEmail, readPhone } from './ways.ts';

describe('readPhone', () => {
  it.each([
    ['+4930123456', null, '+4930123456'],
    [' +49 (30) 123-456 ', null, '+4930123456'],
    ['+44 20 7946 0958', null, '+442079460958'],
    ['030 123456', 'DE', '+4930123456'],
    ['(212) 555-0123', 'US', '+12125550123'],
    ['+4930123456', 'US', '+4930123456'],
    ['0049 30 123456', 'DE', '+4930123456'],
  ])('reads %j of %j as %j', (text, country, phone) => {
    expect(readPhone(text, country)).toEqual({ status: 'ok', phone });
  });

  it('asks for the country code when nothing tells the country', () => {
    expect(readPhone('030 123456', null)).toEqual({ status: 'no-country' });
  });

  it.each([
    '',
    '+',
    '12',
    '+49',
    '+1 555',
    '+999123456789',
    'call me',
    '+4930123456 ext 5',
    '+4930x',
    `+${'1'.repeat(50)}`,
  ])('refuses %j', (text) => {
    expect(readPhone(text, null)).toEqual({ status: 'wrong' });
  });
});

describe('countryOf', () => {
  it.each([
    ['de-AT', 'AT'],
    ['en-Latn-GB', 'GB'],
    ['de', null],
    ['es-419', null],
    ['not a tag', null],
    ['', null],
  ])('takes %j for %j', (language, country) => {
    expect(countryOf(language)).toBe(country);
  });
});

describe('readEmail', () => {
  it.each([
    ['a@b.co', 'a@b.co'],
    [' Ann.Lee+Shop@Example.COM ', 'ann.lee+shop@example.com'],
    ["o'brien@bücher.example", "o'brien@bücher.example"],
    ['a@b.c', 'a@b.c'],
    ['a@b', null],
    ['@b.co', null],
    ['a b@c.de', null],
    ['a@@c.de', null],
    ['a..b@c.de', null],
    ['.a@c.de', null],
    ['a.@c.de', null],
    ['a@-c.de', null],
    ['a@c..de', null],
    ['<a@c.de>', null],
    [`${'a'.repeat(65)}@c.de`, null],
    [`a@${'b.'.repeat(130)}de`, null],
  ])('reads %j as %j', (text, email) => {
    expect(readEmail(text)).toBe(email);
  });

  it('stays quick on hostile input', () => {
    const started = performance.now();
    readEmail(`a@${'a-'.repeat(100)}`);
    readEmail(`a@${'a.'.repeat(120)}!`);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
