/** A date in ISO 8601 with milliseconds and `Z`, as MongoDB prints it. */
export function dateText(v: Date): string {
  if (Number.isNaN(v.getTime())) return 'Invalid Date';
  const iso = v.toISOString();
  // JS writes years beyond four digits with a sign; MongoDB writes the plain number.
  return iso.replace(/^\+0*(\d{4,})/, '$1');
}
