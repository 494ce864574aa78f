import type { ApiError } from '../api/http.ts';

/** The problem of one field out of a refusal; it stands at the field, so the field's name before it is left out. */
export function problemOf(error: ApiError | null, field: string): string | null {
  if (error?.field !== field && !error?.field?.endsWith(`.${field}`)) return null;
  const said = error.message.replace(/^[\w.[\]]+: (?=\S)/, '');
  return said.charAt(0).toUpperCase() + said.slice(1);
}
