import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const optionalText = (max: number) => z.string().trim().min(1).max(max).optional().catch(undefined);
const header = z.object({ alg: z.literal('HS256') });
const claims = z.object({
  sub: z.union([z.string(), z.number()]).optional(),
  external_user_id: z.union([z.string(), z.number()]).optional(),
  user_id: z.union([z.string(), z.number()]).optional(),
  exp: z.number(),
  nbf: z.number().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  name: optionalText(200),
  first_name: optionalText(128),
  last_name: optionalText(128),
  email: z.email().max(254).optional().catch(undefined),
  phone: optionalText(32),
  phone_number: optionalText(32),
});

/** Who the site's server says is signed in. */
export interface SiteIdentity {
  /** The person's id at the site. */
  subject: string;
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** How a token was found. `why` is for the site's developer. */
export type IdentityVerdict = { ok: true; identity: SiteIdentity } | { ok: false; why: string };

const MAX_LENGTH = 4096;
/** Clocks of two servers may differ by so much. */
const LEEWAY_SECONDS = 30;

const json = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

const no = (why: string): IdentityVerdict => ({ ok: false, why });

/**
 * Checks a JSON Web Token (RFC 7519) with HS256 and nothing else: `none` and a public key used as a secret are the
 * classic ways around. `exp` and a subject are required; `aud`, when there, must be the line's key.
 */
export function readIdentity(
  token: string,
  secrets: readonly string[],
  audience: string,
  now: Date,
): IdentityVerdict {
  if (secrets.length === 0) return no('This widget has no identity secret.');
  const [head = '', body = '', signature = '', ...rest] = token.slice(0, MAX_LENGTH + 1).split('.');
  if (token.length > MAX_LENGTH || signature === '' || rest.length > 0)
    return no('The identity token is not a JSON Web Token.');
  if (!header.safeParse(json(head)).success)
    return no('The identity token must be signed with HS256.');
  const given = Buffer.from(signature, 'base64url');
  const good = secrets.some((secret) => {
    const wanted = createHmac('sha256', secret).update(`${head}.${body}`).digest();
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
  if (!good) return no('The signature of the identity token is wrong.');

  const read = claims.safeParse(json(body));
  if (!read.success) return no('The identity token needs "exp", a number of seconds.');
  const { data } = read;
  const seconds = now.getTime() / 1000;
  if (data.exp + LEEWAY_SECONDS <= seconds) return no('The identity token has expired.');
  if (data.nbf !== undefined && data.nbf - LEEWAY_SECONDS > seconds)
    return no('The identity token is not valid yet.');
  if (data.aud !== undefined && ![data.aud].flat().includes(audience))
    return no('The identity token is for another line ("aud").');
  const subject = String(data.sub ?? data.external_user_id ?? data.user_id ?? '');
  if (subject === '' || subject.length > 128)
    return no('The identity token needs "sub": the person\'s id, at most 128 characters.');
  const whole = [data.first_name, data.last_name].filter(Boolean).join(' ');
  return {
    ok: true,
    identity: {
      subject,
      name: data.name ?? (whole || null),
      email: data.email?.toLowerCase() ?? null,
      phone: data.phone ?? data.phone_number ?? null,
    },
  };
}
