import { z } from 'zod';
import type { SettingsView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { zoneText } from '../lines/time-zone.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { settingsView } from './read-settings.ts';

const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code);
const isLanguage = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

const minutes = z
  .number('Give minutes, or 0 for never.')
  .min(0, 'Give minutes, or 0 for never.')
  .max(24 * 60, 'Give at most a day, 1,440 minutes.')
  .optional();

/** What can be changed; what is left out stays. */
export const settingsChange = z.strictObject({
  companyName: z.string().trim().min(1, 'Give the company a name.').max(200).optional(),
  timeZone: zoneText.optional(),
  currency: z
    .string()
    .refine(isCurrency, 'Give a currency by its three letters, e.g. EUR.')
    .optional(),
  disconnectMinutes: minutes,
  idleMinutes: minutes,
  pushText: z.boolean().optional(),
  language: z.string().refine(isLanguage, 'Give a language tag, e.g. en or pt-BR.').optional(),
});

/** Changes the company's settings. */
export async function changeSettings(
  desk: Desk,
  who: Principal,
  change: z.output<typeof settingsChange>,
): Promise<SettingsView> {
  permit(who, 'settings.change', 'change the settings');
  const settings = await desk.stores.settings.change(change);
  await recordAudit(desk, who, 'settings.change', `Changed ${Object.keys(change).join(', ')}.`);
  desk.bus.publish({ type: 'settings.changed' });
  return settingsView(desk, settings);
}
