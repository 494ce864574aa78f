import { z } from 'zod';
import type * as Wire from '../../../../contract/wire.ts';
import { at, grants, id } from './common.ts';

const user = z.object({
  id,
  name: z.string(),
  email: z.string(),
  handle: z.string(),
  role: z.string(),
  departmentId: id.nullable(),
  timeZone: z.string(),
  active: z.boolean(),
  maxTalks: z.number().nullable(),
  presence: z.enum(['online', 'break', 'offline']),
  load: z.number(),
  createdAt: at,
}) satisfies z.ZodType<Wire.UserView>;
const settings = z.object({
  companyName: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  language: z.string(),
  publicUrl: z.string(),
}) satisfies z.ZodType<Wire.SettingsView>;

/** Views of people, sign-ins and settings. */
export const peopleViews = {
  UserView: user,
  SettingsView: settings,
  SetupView: z.object({ needed: z.boolean() }) satisfies z.ZodType<Wire.SetupView>,
  SessionView: z.object({
    user,
    csrf: z.string(),
    grants,
    company: settings,
  }) satisfies z.ZodType<Wire.SessionView>,
  TokenView: z.object({
    id,
    name: z.string(),
    createdAt: at,
    lastUsedAt: at.nullable(),
    token: z.string().optional(),
  }) satisfies z.ZodType<Wire.TokenView>,
  RoleView: z.object({
    id,
    name: z.string(),
    builtIn: z.boolean(),
    grants,
  }) satisfies z.ZodType<Wire.RoleView>,
};
