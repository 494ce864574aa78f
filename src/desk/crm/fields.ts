import { Refusal } from '../../base/errors.ts';
import { currencyDigits, parseMoney } from '../../base/money.ts';
import type { Money } from '../../base/money.ts';
import type { MoneyView } from '../../contract/wire.ts';
import { countryOf, readEmail, readPhone } from '../../domain/crm/ways.ts';
import type { Desk } from '../desk.ts';

const LONGEST_NAME = 200;
const LONGEST_NOTE = 10_000;
const MOST_WAYS = 20;

/** A name or title: blanks folded, 1 to 200 characters. `field` is the input's name. */
export function nameField(text: string, field: string): string {
  const name = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  if (name === '') throw new Refusal('rule_broken', `The ${field} is empty.`, { field });
  if ([...name].length > LONGEST_NAME)
    throw new Refusal('rule_broken', `The ${field} is longer than ${LONGEST_NAME} characters.`, {
      field,
    });
  return name;
}

/** A note: at most 10,000 characters. */
export function noteField(text: string): string {
  if (text.length > LONGEST_NOTE)
    throw new Refusal('rule_broken', `The note is longer than ${LONGEST_NOTE} characters.`, {
      field: 'note',
    });
  return text;
}

/**
 * Phones in E.164, each once. A national number is read with the country that the company's
 * language names.
 */
export async function phoneFields(desk: Desk, phones: readonly string[]): Promise<string[]> {
  const country = phones.every((phone) => phone.trim().startsWith('+'))
    ? null
    : countryOf((await desk.stores.settings.read()).language);
  return distinct(
    'phones',
    phones.map((phone) => phoneField(phone, country)),
  );
}

function phoneField(text: string, country: string | null): string {
  const read = readPhone(text, country);
  if (read.status === 'ok') return read.phone;
  const why =
    read.status === 'no-country'
      ? `“${text}” lacks its country code. Write it with +, e.g. +49 30 123456.`
      : `“${text}” is no phone number. Write it with country code, e.g. +49 30 123456.`;
  throw new Refusal('rule_broken', why, { field: 'phones' });
}

/** E-mail addresses in lower case, each once. */
export function emailFields(emails: readonly string[]): string[] {
  return distinct(
    'emails',
    emails.map((text) => {
      const email = readEmail(text);
      if (email !== null) return email;
      throw new Refusal('rule_broken', `“${text}” is no e-mail address, e.g. ann@example.com.`, {
        field: 'emails',
      });
    }),
  );
}

function distinct(field: string, values: readonly string[]): string[] {
  const once = [...new Set(values)];
  if (once.length > MOST_WAYS)
    throw new Refusal('rule_broken', `More than ${MOST_WAYS} ${field} are not kept.`, { field });
  return once;
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** An amount of a known currency, not negative. */
export function moneyField({ amount, currency }: MoneyView): Money {
  const code = currency.toUpperCase();
  if (!CURRENCIES.has(code))
    throw new Refusal(
      'rule_broken',
      `“${currency}” is no currency. Write its three letters, e.g. EUR.`,
      {
        field: 'amount',
      },
    );
  const money = parseMoney(amount, code);
  if (money) return money;
  const digits = currencyDigits(code);
  const example = digits === 0 ? '5000' : `5000.${'0'.repeat(digits)}`;
  throw new Refusal(
    'rule_broken',
    `“${amount}” is no amount in ${code}. Write it like ${example}.`,
    {
      field: 'amount',
    },
  );
}

/** A person who works here and is active, by id; null is nobody. */
export async function ownerField(desk: Desk, ownerId: string | null): Promise<string | null> {
  if (ownerId === null) return null;
  const owner = await desk.stores.users.get(ownerId);
  if (owner?.active) return owner.id;
  throw new Refusal('rule_broken', 'The owner is nobody who works here.', { field: 'ownerId' });
}

/** A contact that exists, by id; null is none. */
export async function contactField(desk: Desk, contactId: string | null): Promise<string | null> {
  if (contactId === null) return null;
  if (await desk.stores.contacts.get(contactId)) return contactId;
  throw new Refusal('rule_broken', 'There is no such contact.', { field: 'contactId' });
}
