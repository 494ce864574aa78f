import { z } from 'zod';
import type * as Wire from '../../../../contract/wire.ts';
import { at, grants, id } from './common.ts';

const interval = z.tuple([z.string(), z.string()]);
const hours = z.partialRecord(
  z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  z.array(interval),
);
const away = z.object({
  kind: z.enum(['absent', 'off_hours', 'disconnected', 'idle']),
  since: at.nullable(),
  until: at.nullable(),
  why: z.string(),
}) satisfies z.ZodType<Wire.AwayView>;
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
  away: away.nullable().optional(),
  hours: hours.optional(),
  workUntil: at.nullable().optional(),
  reachableByPhone: z.boolean().optional(),
  load: z.number(),
  createdAt: at,
}) satisfies z.ZodType<Wire.UserView>;
const department = z.object({
  id,
  name: z.string(),
}) satisfies z.ZodType<Wire.DepartmentView>;
const settings = z.object({
  companyName: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  language: z.string(),
  publicUrl: z.string(),
  disconnectMinutes: z.number(),
  idleMinutes: z.number(),
  pushText: z.boolean(),
}) satisfies z.ZodType<Wire.SettingsView>;

/** Views of people, sign-ins and settings. */
export const peopleViews = {
  UserView: user,
  DepartmentView: department,
  SettingsView: settings,
  SetupView: z.object({ needed: z.boolean() }) satisfies z.ZodType<Wire.SetupView>,
  SessionView: z.object({
    user,
    csrf: z.string(),
    grants,
    company: settings,
  }) satisfies z.ZodType<Wire.SessionView>,
  AbsenceView: z.object({
    id,
    from: z.string(),
    to: z.string(),
    kind: z.enum(['holiday', 'ill', 'other']),
    note: z.string(),
  }) satisfies z.ZodType<Wire.AbsenceView>,
  DeviceView: z.object({
    id,
    key: z.string(),
    kind: z.enum(['browser', 'phone']),
    name: z.string(),
    createdAt: at,
    seenAt: at,
    activeAt: at,
    live: z.boolean(),
    push: z.boolean(),
  }) satisfies z.ZodType<Wire.DeviceView>,
  PushView: z.object({ publicKey: z.string() }) satisfies z.ZodType<Wire.PushView>,
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
