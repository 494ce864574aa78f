import { Schema, Types } from 'mongoose';
import type { SchemaDefinition } from 'mongoose';

// An empty text is a text: `required` asks that the field is there.
Schema.Types.String.checkRequired((value) => typeof value === 'string');

export const text = { type: String, required: true } as const;
export const maybeText = { type: String, default: null } as const;
export const number = { type: Number, required: true } as const;
export const maybeNumber = { type: Number, default: null } as const;
export const flag = { type: Boolean, required: true } as const;
export const time = { type: Date, required: true } as const;
export const maybeTime = { type: Date, default: null } as const;
/** What `ref` makes of an id: an ObjectId, or the text itself where somebody else makes the ids. */
const isReference = (value: unknown): boolean =>
  value === null || value instanceof Types.ObjectId || typeof value === 'string';
export const reference = { type: Schema.Types.Mixed, required: true, validate: isReference };
export const maybeReference = { type: Schema.Types.Mixed, default: null, validate: isReference };
export const bytes = { type: Buffer, required: true } as const;
/** A shape that belongs to somebody else: a contract type, a channel's settings. */
export const open = { type: Schema.Types.Mixed, required: true } as const;
export const maybeOpen = { type: Schema.Types.Mixed, default: null } as const;

/** One of these texts. */
export const oneOf = (...values: string[]) => ({ type: String, required: true, enum: values });
/** A list, empty by default. */
export const listOf = (field: object) => ({ type: [field], default: [] });
/** A part with fields of its own and no id. */
export const part = (definition: SchemaDefinition) =>
  new Schema(definition, { _id: false, strict: 'throw', minimize: false });

/** A collection: unknown fields are refused, indexes are made by migrations alone. */
export const table = (definition: SchemaDefinition): Schema =>
  new Schema(definition, {
    strict: 'throw',
    minimize: false,
    versionKey: false,
    autoIndex: false,
    autoCreate: false,
  });

/** Who did something. */
export const actor = part({
  kind: oneOf('contact', 'user', 'system', 'external'),
  id: maybeText,
  name: text,
});
