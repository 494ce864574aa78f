import type { Config } from '../app/config.ts';
import type { Openline, StartOptions } from '../app/start.ts';
import { startOpenline } from '../app/start.ts';
import { messageOf } from '../base/errors.ts';
import { storyClock } from './clock.ts';
import { ADMIN, makeCompany } from './company.ts';
import type { Customers, Pace } from './customers.ts';
import { startCustomers } from './customers.ts';
import { makeFiles } from './files.ts';
import { establishPractice } from './practice.ts';
import type { Provider } from './provider.ts';
import { startProvider } from './provider.ts';
import { shopPage } from './shop-page.ts';
import { billing } from './stories/billing.ts';
import { sales } from './stories/sales.ts';
import { support } from './stories/support.ts';
import { tell } from './tell.ts';

/** A running demo. */
export interface Demo {
  openline: Openline;
  /** The pretend shop with the widget on it. */
  shopUrl: string;
  /** Ends the customers first, then everything else. The data folder is the caller's. */
  stop(): Promise<void>;
}

const FOUR_DAYS_MS = 4 * 24 * 3_600_000;

/**
 * Starts Openline for a company that does not exist, tells its last days through webhooks and REST, and lets its
 * customers go on writing.
 */
export async function startDemo(
  config: Readonly<Config>,
  { pace, ...options }: StartOptions & { pace?: Pace } = {},
): Promise<Demo> {
  const closing: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const files = makeFiles();
    const provider: Provider = await startProvider(files);
    closing.push(() => provider.close());
    const clock = storyClock(new Date(Date.now() - FOUR_DAYS_MS));
    const openline = await startOpenline(
      { ...config, admin: ADMIN, allowPrivateProviderHosts: true },
      { ...options, clock },
    );
    closing.push(() => openline.stop());
    const company = await makeCompany(openline.url, provider.url);
    const stories = [...sales, ...support, ...billing];
    await tell({ openline, company, provider, clock, files }, stories);
    await establishPractice(company);
    clock.letGo();
    provider.showPage(shopPage(openline.desk.publicUrl, company.widgetKey));
    const complain = (error: unknown): void =>
      openline.desk.log.warn({ error: messageOf(error) }, 'a pretend customer failed');
    const customers: Customers = startCustomers(company, provider, stories, complain, pace);
    closing.push(() => customers.stop());
    return { openline, shopUrl: provider.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
