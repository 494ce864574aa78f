import type { SettingsView } from '../../contract/wire.ts';
import type { Settings } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';

/** The company's settings as people see them. */
export async function readSettings(desk: Desk): Promise<SettingsView> {
  return settingsView(desk, await desk.stores.settings.read());
}

/** Stored settings with what the process knows. */
export function settingsView(desk: Desk, settings: Settings): SettingsView {
  return { ...settings, publicUrl: desk.publicUrl };
}
