import { equal } from '../order/index.ts';
import { type Doc, isArr, isPlain, own, toRegExp, typeName, type Value } from '../values/index.ts';
import { schemaTest } from './schema.ts';

/** Tells what of one keyword a value does not satisfy, beside the keyword's name. */
type Why = (arg: Value, v: Value, schema: Doc) => Doc;

/** Keywords that other keywords read; by themselves they ask for nothing. */
const SILENT = new Set(['title', 'description', 'exclusiveMinimum', 'exclusiveMaximum']);
const SIBLINGS: Readonly<Record<string, readonly string[]>> = {
  minimum: ['exclusiveMinimum'],
  maximum: ['exclusiveMaximum'],
  additionalProperties: ['properties', 'patternProperties'],
};

/**
 * The rules of a schema that a value does not satisfy, each as the error of a validator tells it.
 * @see https://www.mongodb.com/docs/manual/core/schema-validation/handle-invalid-documents/
 */
export function unsatisfied(schema: Doc, v: Value): Doc[] {
  const out: Doc[] = [];
  for (const name of Object.keys(schema)) {
    if (SILENT.has(name)) continue;
    if (name === 'items') out.push(...itemsOf(schema, v));
    else if (!holds(name, schema, v)) out.push(ofKeyword(name, schema, v));
  }
  return out;
}

/** Whether a value satisfies one keyword of a schema; what others say is left out. */
function holds(name: string, schema: Doc, v: Value): boolean {
  if (name === 'additionalProperties') return additionalOf(schema, v).length === 0;
  const rule: Doc = { [name]: schema[name] };
  for (const sibling of SIBLINGS[name] ?? [])
    if (schema[sibling] !== undefined) rule[sibling] = schema[sibling];
  return schemaTest(rule)(v);
}

function ofKeyword(name: string, schema: Doc, v: Value): Doc {
  const arg = schema[name];
  const why = WHY[name];
  return { operatorName: name, ...(why ? why(arg, v, schema) : compared(name, arg, v)) };
}

const compared = (name: string, arg: Value, v: Value, reason = 'comparison failed'): Doc => ({
  specifiedAs: { [name]: arg },
  reason,
  consideredValue: v,
});

const typed =
  (name: string): Why =>
  (arg, v) => ({
    ...compared(name, arg, v, 'type did not match'),
    consideredType: typeName(v),
  });

const limited =
  (name: 'minimum' | 'maximum', flag: string): Why =>
  (arg, v, schema) => ({
    specifiedAs: {
      [name]: arg,
      ...(schema[flag] !== undefined && { [flag]: schema[flag] }),
    },
    reason: 'comparison failed',
    consideredValue: v,
  });

const because =
  (name: string, reason: string, more: (v: Value) => Doc = () => ({})): Why =>
  (arg, v) => ({ ...compared(name, arg, v, reason), ...more(v) });

const sized = (name: string): Why =>
  because(name, 'array did not match specified length', (v) => ({
    numberOfItems: isArr(v) ? v.length : 0,
  }));

const counted =
  (name: string): Why =>
  (arg, v) => ({
    specifiedAs: { [name]: arg },
    reason: 'specified number of properties was not satisfied',
    numberOfProperties: Object.keys(v as Doc).length,
  });

const WHY: Readonly<Record<string, Why>> = {
  bsonType: typed('bsonType'),
  type: typed('type'),
  minimum: limited('minimum', 'exclusiveMinimum'),
  maximum: limited('maximum', 'exclusiveMaximum'),
  minLength: because('minLength', 'specified string length was not satisfied'),
  maxLength: because('maxLength', 'specified string length was not satisfied'),
  pattern: because('pattern', 'regular expression did not match'),
  multipleOf: because('multipleOf', 'considered value is not a multiple of the specified value'),
  enum: because('enum', 'value was not found in enum'),
  minItems: sized('minItems'),
  maxItems: sized('maxItems'),
  uniqueItems: because('uniqueItems', 'found a duplicate item', (v) => ({
    duplicatedValue: (v as Value[]).find((a, i) =>
      (v as Value[]).slice(0, i).some((b) => equal(a, b)),
    ),
  })),
  minProperties: counted('minProperties'),
  maxProperties: counted('maxProperties'),
  required: (arg, v) => ({
    specifiedAs: { required: arg },
    missingProperties: (arg as string[]).filter((name) => own(v as Doc, name) === undefined).sort(),
  }),
  properties: (arg, v) => ({
    propertiesNotSatisfied: Object.entries(arg as Doc).flatMap(([propertyName, schema]) => {
      const value = own(v as Doc, propertyName);
      return value === undefined ? [] : ofProperty(propertyName, schema as Doc, value);
    }),
  }),
  patternProperties: (arg, v) => ({
    details: Object.entries(arg as Doc).flatMap(([pattern, schema]) =>
      Object.entries(v as Doc).flatMap(([propertyName, value]) =>
        toRegExp(pattern).test(propertyName)
          ? ofProperty(propertyName, schema as Doc, value).map((one) => ({
              ...one,
              regexMatched: pattern,
            }))
          : [],
      ),
    ),
  }),
  additionalProperties: (arg, v, schema) => {
    const names = additionalOf(schema, v);
    if (arg === false)
      return { specifiedAs: { additionalProperties: false }, additionalProperties: names };
    const [failingProperty = ''] = names;
    const details = unsatisfied(arg as Doc, own(v as Doc, failingProperty));
    return {
      reason: 'at least one additional property did not match the subschema',
      failingProperty,
      details,
    };
  },
  dependencies: (arg, v) => ({
    failingDependencies: Object.entries(arg as Doc).flatMap(
      ([conditionalProperty, rule]): Doc[] => {
        if (own(v as Doc, conditionalProperty) === undefined) return [];
        if (!isArr(rule)) {
          const details = unsatisfied(rule as Doc, v);
          return details.length ? [{ conditionalProperty, details }] : [];
        }
        const missingProperties = rule.filter((name) => own(v as Doc, String(name)) === undefined);
        return missingProperties.length ? [{ conditionalProperty, missingProperties }] : [];
      },
    ),
  }),
  allOf: (arg, v) => ({ schemasNotSatisfied: branches(arg, v) }),
  anyOf: (arg, v) => ({ schemasNotSatisfied: branches(arg, v) }),
  oneOf: (arg, v) => {
    const matching = (arg as Doc[]).flatMap((schema, i) => (schemaTest(schema)(v) ? [i] : []));
    return matching.length
      ? { reason: 'more than one subschema matched', matchingSchemaIndexes: matching }
      : { schemasNotSatisfied: branches(arg, v) };
  },
  not: () => ({ reason: 'child expression matched' }),
};

function ofProperty(propertyName: string, schema: Doc, value: Value): Doc[] {
  const details = unsatisfied(schema, value);
  if (!details.length) return [];
  const { title, description } = schema;
  return [
    {
      propertyName,
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      details,
    },
  ];
}

const branches = (arg: Value, v: Value): Doc[] =>
  (arg as Doc[]).flatMap((schema, index) => {
    const details = unsatisfied(schema, v);
    return details.length ? [{ index, details }] : [];
  });

/** The properties that `additionalProperties` is about and does not let pass. */
function additionalOf(schema: Doc, v: Value): string[] {
  const { additionalProperties: arg, properties, patternProperties } = schema;
  if (!isPlain(v) || arg === true) return [];
  const test = arg === false ? () => false : schemaTest(arg);
  const patterns = isPlain(patternProperties)
    ? Object.keys(patternProperties).map((p) => toRegExp(p))
    : [];
  return Object.keys(v).filter(
    (name) =>
      !(isPlain(properties) && Object.hasOwn(properties, name)) &&
      !patterns.some((pattern) => pattern.test(name)) &&
      !test(v[name]),
  );
}

/** What of `items` and `additionalItems` an array does not satisfy. */
function itemsOf(schema: Doc, v: Value): Doc[] {
  if (!isArr(v)) return [];
  const { items, additionalItems } = schema;
  if (!isArr(items)) return firstOf('items', 'At least one item', items as Doc, v, 0);
  const each = items.flatMap((one, itemIndex) => {
    const value = v[itemIndex];
    const details = value === undefined ? [] : unsatisfied(one as Doc, value);
    return details.length ? [{ itemIndex, details }] : [];
  });
  const rest = v.slice(items.length);
  const more =
    additionalItems === false && rest.length
      ? [
          {
            operatorName: 'additionalItems',
            specifiedAs: { additionalItems: false },
            additionalItems: rest,
          },
        ]
      : isPlain(additionalItems)
        ? firstOf(
            'additionalItems',
            'At least one additional item',
            additionalItems,
            rest,
            items.length,
          )
        : [];
  return [...(each.length ? [{ operatorName: 'items', details: each }] : []), ...more];
}

function firstOf(name: string, subject: string, schema: Doc, values: Value[], from: number): Doc[] {
  for (const [i, value] of values.entries()) {
    const details = unsatisfied(schema, value);
    if (!details.length) continue;
    const reason = `${subject} did not match the sub-schema`;
    return [{ operatorName: name, reason, itemIndex: from + i, details }];
  }
  return [];
}
