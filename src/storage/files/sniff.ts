/** One kind of file: bytes that must stand at an offset, and what it is then; a function looks further. */
interface Signature {
  at?: number;
  bytes: string;
  mime: string | ((head: Buffer) => string | null);
}

const text = (head: Buffer, from: number, to: number): string => head.toString('latin1', from, to);
const holds = (head: Buffer, needle: string): boolean => head.includes(needle, 0, 'latin1');

const RIFF: Record<string, string> = {
  WEBP: 'image/webp',
  WAVE: 'audio/wav',
  'AVI ': 'video/x-msvideo',
};

/** The brand behind `ftyp`, https://mp4ra.org/registered-types/brands */
const BRANDS: readonly [RegExp, string][] = [
  [/^avi[fs]/, 'image/avif'],
  [/^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)/, 'image/heic'],
  [/^M4[AB]/, 'audio/mp4'],
  [/^qt/, 'video/quicktime'],
  [/^3g/, 'video/3gpp'],
  [/./, 'video/mp4'],
];

/** Names inside a zip that tell which office document it is. */
const OFFICE: readonly [string, string][] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

function zipKind(head: Buffer): string {
  // OpenDocument and EPUB: the first entry is called `mimetype`, stored as it is.
  if (text(head, 30, 38) === 'mimetype') {
    const named = /^application\/[\w.+-]+/.exec(text(head, 38, 138))?.[0]?.replace(/PK$/, '');
    if (named) return named;
  }
  if (!holds(head, '[Content_Types].xml') && !holds(head, '_rels/')) return 'application/zip';
  return OFFICE.find(([name]) => holds(head, name))?.[1] ?? 'application/zip';
}

function oggKind(head: Buffer): string {
  return holds(head, 'theora') ? 'video/ogg' : 'audio/ogg';
}

const matroskaKind = (head: Buffer): string =>
  holds(head, 'webm') ? 'video/webm' : 'video/x-matroska';

/**
 * MPEG audio: eleven set bits, then a version, layer, bit rate and sampling rate that exist. Layer I is nowhere in use,
 * and its bytes begin UTF-16 text.
 */
function mpegAudio(head: Buffer): string | null {
  const [first, second, third] = head;
  if (first !== 0xff || second === undefined || third === undefined) return null;
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  const sound =
    (second & 0xe0) === 0xe0 &&
    (second & 0x18) !== 0x08 &&
    (second & 0x06) !== 0 &&
    (second & 0x06) !== 0x06 &&
    third >> 4 !== 15 &&
    (third & 0x0c) !== 0x0c;
  return sound ? 'audio/mpeg' : null;
}

/** Bytes as latin-1 text. First match wins. */
const SIGNATURES: readonly Signature[] = [
  { bytes: '\x89PNG\r\n\x1a\n', mime: 'image/png' },
  { bytes: '\xff\xd8\xff', mime: 'image/jpeg' },
  { bytes: 'GIF87a', mime: 'image/gif' },
  { bytes: 'GIF89a', mime: 'image/gif' },
  { bytes: 'RIFF', mime: (head) => RIFF[text(head, 8, 12)] ?? null },
  { bytes: 'II*\0', mime: 'image/tiff' },
  { bytes: 'MM\0*', mime: 'image/tiff' },
  {
    bytes: 'BM',
    mime: (head) => (head.length > 14 && head.readUInt32LE(6) === 0 ? 'image/bmp' : null),
  },
  { bytes: '\0\0\x01\0', mime: 'image/x-icon' },
  { bytes: '%PDF-', mime: 'application/pdf' },
  { at: 4, bytes: 'ftyp', mime: (head) => brandOf(text(head, 8, 12)) },
  { bytes: '\x1a\x45\xdf\xa3', mime: matroskaKind },
  { bytes: 'OggS', mime: oggKind },
  { bytes: 'fLaC', mime: 'audio/flac' },
  { bytes: 'ID3', mime: 'audio/mpeg' },
  { bytes: '#!AMR', mime: 'audio/amr' },
  { bytes: 'PK\x03\x04', mime: zipKind },
  { bytes: 'PK\x05\x06', mime: 'application/zip' },
  { bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', mime: 'application/x-ole-storage' },
  { bytes: '{\\rtf', mime: 'application/rtf' },
  { bytes: '\x1f\x8b', mime: 'application/gzip' },
  { bytes: '7z\xbc\xaf\x27\x1c', mime: 'application/x-7z-compressed' },
  { bytes: 'Rar!\x1a\x07', mime: 'application/vnd.rar' },
  { at: 257, bytes: 'ustar', mime: 'application/x-tar' },
  { bytes: '\xff', mime: mpegAudio },
];

const brandOf = (brand: string): string | null =>
  BRANDS.find(([pattern]) => pattern.test(brand))?.[1] ?? null;

/**
 * The MIME type that a file's first bytes (4,100 are enough) tell; null when they tell nothing, as with plain text.
 * Never says HTML, SVG or a script: what could run is not recognised, and so never shown in place.
 */
export function sniff(head: Buffer): string | null {
  for (const { at = 0, bytes, mime } of SIGNATURES) {
    if (text(head, at, at + bytes.length) !== bytes) continue;
    const found = typeof mime === 'string' ? mime : mime(head);
    if (found !== null) return found;
  }
  return null;
}
