import { crc32, deflateSync } from 'node:zlib';

/** A file made at run time: the demo brings none. */
export interface MadeFile {
  name: string;
  mime: string;
  kind: 'image' | 'voice' | 'file';
  content: Buffer;
  width?: number;
  height?: number;
  durationMs?: number;
}

/** Every file of the stories, by the name they use. */
export function makeFiles(): ReadonlyMap<string, MadeFile> {
  const files: MadeFile[] = [
    lamp('living-room.png', [74, 63, 107], [255, 204, 128]),
    lamp('broken-shade.png', [72, 84, 96], [214, 120, 90]),
    lamp('hallway.png', [38, 70, 83], [233, 236, 178]),
    lamp('lumen-one.png', [245, 240, 230], [240, 170, 60]),
    voice('voice-message.wav', [392, 440, 349, 330, 294]),
    page('invoice-2041.pdf', ['Northlight GmbH', 'Invoice 2041', '12 x Lumen One  1,068.00 EUR']),
    page('return-label.pdf', ['Northlight GmbH', 'Return label', 'Parcel 7731 0042 19']),
  ];
  return new Map(files.map((file) => [file.name, file]));
}

type Colour = readonly [number, number, number];

const WIDTH = 480;
const HEIGHT = 360;

/** A lamp that shines into a room of the given colour. */
function lamp(name: string, room: Colour, light: Colour): MadeFile {
  const rows = Buffer.alloc((WIDTH * 3 + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const at = y * (WIDTH * 3 + 1) + 1 + x * 3;
      colourAt(x, y, room, light).forEach((value, index) => {
        rows[at + index] = value;
      });
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const content = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, mime: 'image/png', kind: 'image', content, width: WIDTH, height: HEIGHT };
}

function colourAt(x: number, y: number, room: Colour, light: Colour): Colour {
  const beside = Math.abs(x - 240);
  const shade = y > 70 && y < 160 && beside < 40 + (y - 70) * 0.5;
  const stand = y >= 160 && y < 300 && beside < 4;
  const foot = y >= 300 && y < 310 && beside < 50;
  if (stand || foot) return [40, 36, 34];
  if (shade) return light;
  const glow = Math.max(0, 1 - Math.hypot(x - 240, y - 150) / 260) * 0.8;
  const dim = y > 310 ? 0.8 : 1;
  const mix = (from: number, to: number): number => Math.round((from + (to - from) * glow) * dim);
  return [mix(room[0], light[0]), mix(room[1], light[1]), mix(room[2], light[2])];
}

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

const RATE = 8000;
const NOTE_MS = 400;

/** Somebody hums. */
function voice(name: string, notes: readonly number[]): MadeFile {
  const perNote = (RATE * NOTE_MS) / 1000;
  const samples = Buffer.alloc(perNote * notes.length * 2);
  notes.forEach((pitch, index) => {
    for (let at = 0; at < perNote; at++) {
      const loudness = Math.sin((Math.PI * at) / perNote) * 9000;
      const value = Math.round(Math.sin((2 * Math.PI * pitch * at) / RATE) * loudness);
      samples.writeInt16LE(value, (index * perNote + at) * 2);
    }
  });
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return {
    name,
    mime: 'audio/wav',
    kind: 'voice',
    content: Buffer.concat([header, samples]),
    durationMs: notes.length * NOTE_MS,
  };
}

/** A page of plain text as PDF; the lines are ASCII without brackets. */
function page(name: string, lines: readonly string[]): MadeFile {
  const text = lines.map((line) => `(${line}) Tj 0 -28 Td`).join('\n');
  const drawing = `BT /F1 18 Tf 60 760 Td\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const starts = objects.map((object, index) => {
    const start = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\n`;
  const content = Buffer.from(`${body}${end}startxref\n${body.length}\n%%EOF\n`, 'latin1');
  return { name, mime: 'application/pdf', kind: 'file', content };
}
