import { signal } from '@preact/signals';

/** Grows when something of the CRM may have changed beside the screens that show it: they fetch again. */
export const crmVersion = signal(0);
