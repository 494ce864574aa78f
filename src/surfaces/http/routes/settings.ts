import { changeSettings, settingsChange } from '../../../desk/settings/change-settings.ts';
import { readSettings } from '../../../desk/settings/read-settings.ts';
import type { Routes } from '../endpoint/endpoint.ts';

/** Company-wide settings. */
export const settingsRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/settings',
    tag: 'settings',
    summary: 'Shows the company’s settings',
    answer: 'SettingsView',
    handle: ({ desk }) => readSettings(desk),
  });
  api.add({
    method: 'PATCH',
    path: '/settings',
    tag: 'settings',
    summary: 'Changes the company’s settings; what is left out stays',
    body: settingsChange,
    answer: 'SettingsView',
    handle: ({ desk, who, body }) => changeSettings(desk, who, body),
  });
};
