import { describe, expect, it } from 'vitest';
import { sniff } from './sniff.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
/** The head of a zip with one stored entry after another. */
const zip = (...entries: [name: string, content: string][]) =>
  bytes(
    entries
      .map(([name, content]) => {
        const lengths = `${String.fromCharCode(name.length)}\0\0\0`;
        return `PK\x03\x04${'\0'.repeat(22)}${lengths}${name}${content}`;
      })
      .join(''),
  );

describe('sniff', () => {
  it.each<[string, string | Buffer, string | null]>([
    ['PNG', '\x89PNG\r\n\x1a\n....', 'image/png'],
    ['JPEG', '\xff\xd8\xff\xe0..JFIF', 'image/jpeg'],
    ['GIF', 'GIF89a....', 'image/gif'],
    ['WebP', 'RIFF....WEBPVP8 ', 'image/webp'],
    ['WAV', 'RIFF....WAVEfmt ', 'audio/wav'],
    ['another RIFF', 'RIFF....XXXX', null],
    ['BMP', 'BM\x10\x20\0\0\0\0\0\0\x36\0\0\0\x28', 'image/bmp'],
    ['text that begins with BM', 'BMW and Audi are brands', null],
    ['AVIF', '\0\0\0\x20ftypavif', 'image/avif'],
    ['HEIC', '\0\0\0\x20ftypheic', 'image/heic'],
    ['MP4', '\0\0\0\x20ftypisom', 'video/mp4'],
    ['QuickTime', '\0\0\0\x20ftypqt  ', 'video/quicktime'],
    ['M4A', '\0\0\0\x20ftypM4A ', 'audio/mp4'],
    ['3GPP', '\0\0\0\x20ftyp3gp4', 'video/3gpp'],
    ['WebM', '\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm', 'video/webm'],
    ['Matroska', '\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska', 'video/x-matroska'],
    ['a voice note', 'OggS\0\x02............OpusHead', 'audio/ogg'],
    ['Theora', 'OggS\0\x02............\x80theora', 'video/ogg'],
    ['MP3 with a tag', 'ID3\x04\0\0', 'audio/mpeg'],
    ['MP3 without', '\xff\xfb\x90\x64', 'audio/mpeg'],
    ['AAC', '\xff\xf1\x50\x80', 'audio/aac'],
    ['bytes that only begin like MP3', '\xff\xfb\xff\xff', null],
    ['text in UTF-16', '\xff\xfeA\0n\0n\0', null],
    ['FLAC', 'fLaC\0\0', 'audio/flac'],
    ['AMR', '#!AMR\n', 'audio/amr'],
    ['PDF', '%PDF-1.7', 'application/pdf'],
    ['a plain zip', zip(['photo.jpg', '\xff\xd8']), 'application/zip'],
    ['an empty zip', 'PK\x05\x06\0\0', 'application/zip'],
    [
      'Word',
      zip(['[Content_Types].xml', '<x/>'], ['_rels/.rels', ''], ['word/document.xml', '']),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    [
      'Excel',
      zip(['[Content_Types].xml', '<x/>'], ['xl/workbook.xml', '']),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    [
      'OpenDocument',
      zip(['mimetype', 'application/vnd.oasis.opendocument.text'], ['content.xml', '']),
      'application/vnd.oasis.opendocument.text',
    ],
    ['gzip', '\x1f\x8b\x08', 'application/gzip'],
    ['tar', `${'a'.repeat(257)}ustar`, 'application/x-tar'],
    ['HTML', '<!doctype html><script>alert(1)</script>', null],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', null],
    ['plain text', 'Hello', null],
    ['nothing', '', null],
  ])('takes %s for what it is', (_name, head, mime) => {
    expect(sniff(typeof head === 'string' ? bytes(head) : head)).toBe(mime);
  });
});
