/** Who and what a canned answer speaks of. */
export interface Spoken {
  contactName: string;
  operatorName: string;
  lineName: string;
  companyName: string;
}

const firstWord = (name: string): string => name.trim().split(/\s+/)[0] ?? '';

/** What stands for what. */
export const VARIABLES: Readonly<Record<string, (spoken: Spoken) => string>> = {
  'contact.name': ({ contactName }) => contactName,
  'contact.firstName': ({ contactName }) => firstWord(contactName),
  'operator.name': ({ operatorName }) => operatorName,
  'operator.firstName': ({ operatorName }) => firstWord(operatorName),
  'line.name': ({ lineName }) => lineName,
  'company.name': ({ companyName }) => companyName,
};

/** The text with its variables filled in, each once: what a name contains is no variable. */
export function fillIn(text: string, spoken: Spoken): string {
  return text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (whole, name: string) => {
    const value = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
    return value ? value(spoken) : whole;
  });
}
