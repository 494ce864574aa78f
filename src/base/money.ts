/** An amount in minor units (cents) with its ISO 4217 currency. Never a float. */
export interface Money {
  minor: number;
  currency: string;
}

/** Digits after the point, from the platform's own table; an unknown currency has 2. */
export function currencyDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2
    );
  } catch {
    return 2;
  }
}

/**
 * Reads `"123.45"`, `"1 200,5"` or `"5000"`. Null when it is no amount, has too many digits after the point for the
 * currency, is negative, or is over 9 000 000 000 000 minor units.
 */
export function parseMoney(amount: string, currency: string): Money | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null;
  const match = /^(\d{1,3}(?:[ \u00a0']\d{3})+|\d+)(?:[.,](\d+))?$/.exec(amount.trim());
  if (!match) return null;
  const digits = currencyDigits(currency);
  const fraction = match[2] ?? '';
  if (fraction.length > digits) return null;
  const minor = Number((match[1] ?? '').replace(/\D/g, '') + fraction.padEnd(digits, '0'));
  return minor <= 9e12 ? { minor, currency } : null;
}

/** `"123.45"`: always as many digits as the currency has. */
export function formatMoney({ minor, currency }: Money): string {
  const digits = currencyDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
