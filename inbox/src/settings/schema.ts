/** One field of a channel's or flow's settings, read out of its JSON Schema. */
export interface SchemaField {
  name: string;
  title: string;
  help: string;
  placeholder: string;
  kind:
    | 'text'
    | 'secret'
    | 'long'
    | 'number'
    | 'flag'
    | 'choice'
    | 'choices'
    | 'list'
    | 'objects'
    | 'color'
    | 'line'
    | 'json';
  /** Of `objects`: the fields of each. */
  fields: readonly SchemaField[];
  choices: readonly string[];
  required: boolean;
  /** The value when nothing is set. */
  initial: unknown;
  /** A value that may be left alone by most people. */
  advanced: boolean;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** `anyOf` of a thing and null, or of constants, said more simply. */
function simplified(schema: Json): Json {
  const options = [schema['anyOf'], schema['oneOf']].find(Array.isArray)?.filter(isObject);
  if (!options) return schema;
  const constants = options.flatMap((option) => strings([option['const']]));
  if (constants.length === options.length && constants.length > 0)
    return { ...schema, type: 'string', enum: constants };
  const real = options.find((option) => option['type'] !== 'null');
  return real ? { ...real, ...schema } : schema;
}

function listKindOf(items: unknown): SchemaField['kind'] {
  if (!isObject(items)) return 'json';
  if (strings(items['enum']).length > 0) return 'choices';
  if (items['type'] === 'string') return 'list';
  return isObject(items['properties']) ? 'objects' : 'json';
}

function kindOf(schema: Json): SchemaField['kind'] {
  if (strings(schema['enum']).length > 0) return 'choice';
  const type = textOf(schema['type']);
  if (schema['secret'] === true) return type === 'array' ? 'list' : 'secret';
  if (type === 'boolean') return 'flag';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'array') return listKindOf(schema['items']);
  if (type === 'object') return 'json';
  if (textOf(schema['pattern']).includes('#')) return 'color';
  if (schema['multiline'] === true || Number(schema['maxLength'] ?? 0) >= 400) return 'long';
  return 'text';
}

const spaced = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (first) => first.toUpperCase());

/** The fields of a JSON Schema, in its order; needed ones first are the schema's business. */
export function fieldsOf(schema: Json): SchemaField[] {
  const required = strings(schema['required']);
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).flatMap(([name, raw]) => {
    if (!isObject(raw)) return [];
    const field = simplified(raw);
    const items = isObject(field['items']) ? field['items'] : {};
    return {
      name,
      title: textOf(field['title']) || spaced(name),
      help: textOf(field['description']),
      placeholder: textOf(field['placeholder']),
      // The contract names every reference to a line so.
      kind: name === 'lineId' ? 'line' : kindOf(field),
      fields: fieldsOf(items),
      choices: strings(field['enum'] ?? items['enum']),
      required: required.includes(name) && field['default'] === undefined,
      initial: field['default'],
      advanced: field['advanced'] === true || name === 'apiRoot',
    };
  });
}

/** What is sent: empty fields are left out, so that the server's defaults hold; a cleared one is null when it was set. */
export function configOf(fields: readonly SchemaField[], values: Json, before: Json | null): Json {
  const config: Json = {};
  for (const { name } of fields) {
    const value = values[name];
    const empty =
      value === undefined || value === '' || (typeof value === 'number' && Number.isNaN(value));
    if (!empty) config[name] = value;
    else if (before && before[name] !== undefined && before[name] !== '') config[name] = null;
  }
  return config;
}

/** Whether a shown value is a mask that stands for a kept secret. */
export const isMasked = (value: unknown): boolean =>
  typeof value === 'string' && value.startsWith('••••');
