/** How long ago something was, as people say it: `now`, `5 min`, `3 h`, `2 days`. */
export function since(iso: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(iso)) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** When a line opens or closes next, in its zone. */
export function openingWords(
  { open, nextChange }: { open: boolean; nextChange: string | null },
  timeZone: string,
): string {
  if (nextChange === null) return open ? 'open' : 'closed';
  const at = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', day: 'numeric', month: 'short' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).format(new Date(nextChange));
  return open ? `open until ${at}` : `closed until ${at}`;
}
