/** Width and height of a picture, CSS pixels before any turning by its camera. */
export interface PictureSize {
  width: number;
  height: number;
}

/**
 * The size of a PNG, GIF, JPEG or WebP picture by its first bytes, so that a page can leave room for it; null where they do
 * not tell. JPEG: https://www.w3.org/Graphics/JPEG/itu-t81.pdf (B.1.1.3), WebP:
 * https://developers.google.com/speed/webp/docs/riff_container
 */
export function pictureSize(head: Buffer): PictureSize | null {
  const is = (from: number, word: string) =>
    head.toString('latin1', from, from + word.length) === word;
  try {
    if (is(1, 'PNG\r\n')) return sized(head.readUInt32BE(16), head.readUInt32BE(20));
    if (is(0, 'GIF8')) return sized(head.readUInt16LE(6), head.readUInt16LE(8));
    if (is(0, 'RIFF') && is(8, 'WEBP')) return webp(head);
    if (head.readUInt16BE(0) === 0xffd8) return jpeg(head);
  } catch (error) {
    // The bytes end before their size.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

const sized = (width: number, height: number): PictureSize | null =>
  width > 0 && height > 0 ? { width, height } : null;

function webp(head: Buffer): PictureSize | null {
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return sized(head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return sized(head.readUIntLE(24, 3) + 1, head.readUIntLE(27, 3) + 1);
    default:
      return null;
  }
}

/** Segments up to the one that begins the picture. A camera that was turned says so in Exif: width and height change places. */
function jpeg(head: Buffer): PictureSize | null {
  let turned = false;
  for (let at = 2; head.readUInt8(at) === 0xff; ) {
    const marker = head.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const begins = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (begins) {
      const [height, width] = [head.readUInt16BE(at + 5), head.readUInt16BE(at + 7)];
      return turned ? sized(height, width) : sized(width, height);
    }
    const length = head.readUInt16BE(at + 2);
    if (marker === 0xe1) turned = isTurned(head.subarray(at + 4, at + 2 + length));
    at += 2 + length;
  }
  return null;
}

/** Whether Exif's orientation (tag 0x0112) lays the picture on its side. */
function isTurned(exif: Buffer): boolean {
  if (exif.toString('latin1', 0, 4) !== 'Exif') return false;
  const tiff = exif.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < short(first); entry += 1) {
    const at = first + 2 + entry * 12;
    if (short(at) === 0x0112) return short(at + 8) >= 5;
  }
  return false;
}
