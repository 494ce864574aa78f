import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('a setting that can not be used', () => {
  it.each([
    [{ PORT: 'abc' }, 'PORT takes a number from 0 to 65535.'],
    [{ PORT: '65536' }, 'PORT takes a number from 0 to 65535.'],
    [{ HOST: '[::1]' }, 'HOST takes an address of this machine, like 127.0.0.1, ::1 or 0.0.0.0.'],
    [{ PUBLIC_URL: 'chat.example.org' }, /^PUBLIC_URL takes an http or https address/],
    [{ PUBLIC_URL: 'ftp://chat.example.org' }, /^PUBLIC_URL takes an http or https address/],
    [{ PUBLIC_URL: 'https://chat.example.org/inbox' }, /^PUBLIC_URL takes an address without a/],
    [{ PUBLIC_URL: 'https://chat.example.org?a=1' }, /^PUBLIC_URL takes an address without a/],
    [{ PUBLIC_URL: 'https://ann:secret@chat.example.org' }, /^PUBLIC_URL takes an address without/],
    [{ MONGODB_URI: 'localhost:27017' }, /^MONGODB_URI takes an address/],
    [{ EMBEDDED_MEMORY_MB: '31' }, /^EMBEDDED_MEMORY_MB takes whole megabytes, from 32 to 16384/],
    [{ EMBEDDED_MEMORY_MB: '64.5' }, /^EMBEDDED_MEMORY_MB takes whole megabytes/],
    [{ EMBEDDED_MEMORY_MB: '20000' }, /^EMBEDDED_MEMORY_MB takes whole megabytes/],
    [{ SECRET_KEY: 'short' }, 'SECRET_KEY takes at least 16 characters.'],
    [{ TRUST_PROXY: 'maybe' }, /^TRUST_PROXY takes on, off, or addresses/],
    [{ TRUST_PROXY: '10.0.0.0/33' }, /^TRUST_PROXY takes on, off, or addresses/],
    [{ TRUST_PROXY: '127.0.0.1,,10.0.0.1' }, /^TRUST_PROXY takes on, off, or addresses/],
    [{ TRUST_PROXY: '2' }, /^TRUST_PROXY takes on, off, or addresses/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL takes fatal, error/],
    [{ OPENLINE_ADMIN_EMAIL: 'a@example.org' }, /go together\.$/],
    [
      { OPENLINE_ADMIN_EMAIL: 'a@example.org', OPENLINE_ADMIN_PASSWORD: 'x'.repeat(201) },
      'OPENLINE_ADMIN_PASSWORD takes 10 to 200 characters.',
    ],
    [{ ALLOW_PRIVATE_PROVIDER_HOSTS: 'perhaps' }, /takes on or off\.$/],
    [{ METRICS_TOKEN: 'x' }, 'METRICS_TOKEN takes at least 16 characters.'],
    [{ OPENLINE_ADMIN_MAIL: 'x' }, /^OPENLINE_ADMIN_MAIL is not a setting of Openline/],
  ])('%j stops with a sentence that names it', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(sentence);
    expect(() => readConfig(env)).toThrow(ConfigError);
  });

  it('is named with all others at fault, and no secret is repeated', () => {
    const read = () => readConfig({ PORT: 'x', SECRET_KEY: 'secret-in-vain', LOG_LEVEL: 'y' });
    expect(read).toThrow(/PORT.+SECRET_KEY.+LOG_LEVEL/s);
    expect(read).not.toThrow(/secret-in-vain/);
  });
});

describe('a setting', () => {
  it.each([
    [{ TRUST_PROXY: 'on' }, { trustProxy: true }],
    [{ TRUST_PROXY: '' }, { trustProxy: false }],
    [
      { TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::/8' },
      { trustProxy: ['loopback', '10.0.0.0/8', 'fd00::/8'] },
    ],
    [
      { PUBLIC_URL: 'https://chat.example.org:8443//' },
      { publicUrl: 'https://chat.example.org:8443' },
    ],
    [
      { HOST: '::1', PORT: '0' },
      { host: '::1', port: 0 },
    ],
    [{ EMBEDDED_MEMORY_MB: '64' }, { embeddedMemoryMb: 64 }],
    [{ ALLOW_PRIVATE_PROVIDER_HOSTS: 'yes' }, { allowPrivateProviderHosts: true }],
    [
      { NODE_ENV: 'production', OPENLINE_TEST_X: '1' },
      { port: 3000, publicUrl: null, admin: null },
    ],
  ])('%j is read as %j', (env, config) => {
    expect(readConfig(env)).toMatchObject(config);
  });
});
