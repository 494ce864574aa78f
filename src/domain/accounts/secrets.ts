import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts, decrypts and signs with keys derived from SECRET_KEY. */
export interface Keys {
  /** `enc:v1:…`; a different text each time. */
  seal(plain: string): string;
  /** Throws a plain sentence when the text was sealed under another key or changed. */
  open(sealed: string): string;
  /** HMAC-SHA256, base64url: for links and tokens of our own. `purpose` keeps uses apart. */
  sign(purpose: string, text: string): string;
}

const PREFIX = 'enc:v1:';

/** Whether a stored value is sealed. */
export function isSealed(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(PREFIX);
}

/** Keys from one secret of at least 16 characters (AES-256-GCM, HKDF-SHA256). */
export function keysFrom(secret: string): Keys {
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', secret, 'openline', info, 32));
  const sealing = derive('seal');
  const signing = derive('sign');
  return {
    seal(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw new Error(
          'A stored credential can not be decrypted: SECRET_KEY is not the one it was saved with.',
        );
      }
    },
    sign(purpose, text) {
      return createHmac('sha256', signing).update(`${purpose}\n${text}`).digest('base64url');
    },
  };
}
