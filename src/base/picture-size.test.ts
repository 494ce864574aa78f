import { describe, expect, it } from 'vitest';
import { pictureSize } from './picture-size.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replace(/\s/g, ''), 'hex');
const SOF = 'ffc0 0011 08 0258 0320 03012200021101031101';
const exif = (order: string): string =>
  `ffe1 0022 ${Buffer.from('Exif\0\0').toString('hex')} ${order}`;
/** One Exif entry: orientation 6, a camera on its side. */
const LITTLE = '4949 2a00 08000000 0100 1201 0300 01000000 0600 0000 00000000';
const BIG = '4d4d 002a 00000008 0001 0112 0003 00000001 0006 0000 00000000';

describe('the size of a picture', () => {
  it.each([
    ['a PNG', '89504e470d0a1a0a 0000000d 49484452 00000320 00000258 0806000000', 800, 600],
    ['a GIF', '474946383961 2003 5802 f70000', 800, 600],
    [
      'a lossy WebP',
      '52494646 00000000 57454250 56503820 00000000 300100 9d012a 2003 5802',
      800,
      600,
    ],
    ['a lossless WebP', '52494646 00000000 57454250 5650384c 00000000 2f 1fc39500', 800, 600],
    [
      'a WebP with more than a picture',
      '52494646 00000000 57454250 56503858 0a000000 10000000 1f0300 570200',
      800,
      600,
    ],
    ['a JPEG', `ffd8 ffe0 0010 4a46494600010100000100010000 ${SOF}`, 800, 600],
    ['a JPEG of a camera on its side', `ffd8 ${exif(LITTLE)} ${SOF}`, 600, 800],
    ['a JPEG of another such camera', `ffd8 ${exif(BIG)} ${SOF}`, 600, 800],
    ['a JPEG with padding', `ffd8 ffff ${SOF.slice(2)}`, 800, 600],
  ])('is told by the first bytes of %s', (_what, hex, width, height) => {
    expect(pictureSize(bytes(hex))).toEqual({ width, height });
  });

  it.each([
    ['nothing', ''],
    ['one byte', 'ff'],
    ['a PNG that was cut', '89504e470d0a1a0a 0000000d 49484452 0000'],
    ['a JPEG whose size comes later', 'ffd8 ffe0 ffff 4a46'],
    ['a JPEG that is none', 'ffd8 0000 0000 0000'],
    ['a picture without width', '474946383961 0000 5802'],
    ['a JPEG with broken Exif', `ffd8 ffe1 000a ${Buffer.from('Exif\0\0').toString('hex')} 4949`],
    ['text', Buffer.from('RIFF or not').toString('hex')],
  ])('is not told by %s', (_what, hex) => {
    expect(pictureSize(bytes(hex))).toBeNull();
  });
});
