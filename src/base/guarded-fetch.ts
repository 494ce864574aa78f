import dns from 'node:dns';
import net from 'node:net';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';

const blocked = new net.BlockList();
for (const [range, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  blocked.addSubnet(range, bits, 'ipv4');
for (const [range, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['64:ff9b:1::', 48],
] as const)
  blocked.addSubnet(range, bits, 'ipv6');

/** Whether an IP address is private, loopback, link-local, multicast or reserved; IPv4 inside IPv6 counts as IPv4. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const ip = mapped ?? address;
  const family = net.isIP(ip);
  if (family === 0) return true;
  return blocked.check(ip, family === 6 ? 'ipv6' : 'ipv4');
}

/** Refused because the address is not on the open internet. */
class PrivateAddress extends Error {
  readonly code = 'EPRIVATE';
  constructor(host: string) {
    super(`${host} is a private address. Set ALLOW_PRIVATE_PROVIDER_HOSTS=on to allow it.`);
    this.name = 'PrivateAddress';
  }
}

type Lookup = net.LookupFunction;

const guardedLookup: Lookup = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const bad = addresses.find(({ address }) => isPrivateAddress(address));
    const [first] = addresses;
    if (bad || !first)
      return callback(new PrivateAddress(hostname) as NodeJS.ErrnoException, '', 0);
    if (options.all)
      return (callback as unknown as (e: null, a: dns.LookupAddress[]) => void)(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/**
 * `fetch` for addresses that people or providers gave. Unless `allowPrivate`, every connection - redirects too - is
 * refused when the host is or resolves to a private address; the address that was checked is the one connected to.
 */
export function guardedFetch(options: { allowPrivate: boolean }): typeof fetch {
  const connect = buildConnector({
    timeout: 10_000,
    ...(!options.allowPrivate && { lookup: guardedLookup }),
  });
  const dispatcher = new Agent({
    connect: (target, callback) => {
      const host = target.hostname.replace(/^\[|\]$/g, '');
      if (!options.allowPrivate && net.isIP(host) !== 0 && isPrivateAddress(host)) {
        callback(new PrivateAddress(host), null);
        return;
      }
      connect(target, callback);
    },
  });
  const guarded = (
    input: Parameters<typeof undiciFetch>[0],
    init?: Parameters<typeof undiciFetch>[1],
  ) => undiciFetch(input, { ...init, dispatcher });
  return guarded as unknown as typeof fetch;
}
