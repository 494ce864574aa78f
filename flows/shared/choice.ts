/**
 * Which of the labels a customer's words mean: by number (channels without buttons show numbers), or by the label
 * itself, case aside. -1: none.
 */
export function chosenLabel(said: string, labels: readonly string[]): number {
  const text = said.trim().toLowerCase();
  const number = /^(\d{1,2})[.)]?$/.exec(text)?.[1];
  if (number !== undefined) {
    const place = Number(number) - 1;
    return place < labels.length ? place : -1;
  }
  return labels.findIndex((label) => label.toLowerCase() === text);
}

const YES = new Set(['yes', 'y', 'ok', 'okay', '1', '+']);

/** Whether a customer's words mean yes: one of the usual ones, or the button's label itself. */
export function saysYes(said: string, label: string): boolean {
  const text = said.trim().toLowerCase();
  return YES.has(text) || text === label.toLowerCase();
}
