import type { VisitorPage } from '../../contract/visitor.ts';

const SECRET_LOOKING = /token|secret|passw|session|sid$|auth|code|key|signature|email|phone/i;
const MAX_URL = 2048;

/** An address without fragment, sign-in data and parameters that look secret; undefined when it is no web page. */
export function scrubAddress(address: string | undefined): string | undefined {
  if (!address || address.length > 4 * MAX_URL) return undefined;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
  url.hash = '';
  url.username = '';
  url.password = '';
  for (const name of [...url.searchParams.keys()])
    if (SECRET_LOOKING.test(name)) url.searchParams.delete(name);
  return url.href.slice(0, MAX_URL);
}

/** The page a visitor wrote from, fit to be kept: pages put people's secrets into their addresses. */
export function scrubPage(page: VisitorPage | undefined): VisitorPage | undefined {
  if (!page) return undefined;
  const url = scrubAddress(page.url);
  const referrer = scrubAddress(page.referrer);
  const title = page.title?.trim().slice(0, 256);
  return {
    ...(url ? { url } : {}),
    ...(title ? { title } : {}),
    ...(referrer ? { referrer } : {}),
  };
}
