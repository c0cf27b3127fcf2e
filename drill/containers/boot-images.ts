/** Port of the first serial line, where the stand-ins below write what they have to say. */
const SERIAL_PORT = 0x3f8;
/** Loads the serial port into DX: `mov dx, 0x3f8`. */
const USE_SERIAL = [0xba, SERIAL_PORT & 0xff, SERIAL_PORT >> 8];
/** Stops for good: `hlt`, and again after an interrupt. */
const STOP = [0xf4, 0xeb, 0xfd];
/** Writes the text at DS:SI up to its zero byte: lodsb; or al,al; jz end; out dx,al; jmp start. */
const WRITE_TEXT = [0xac, 0x08, 0xc0, 0x74, 0x03, 0xee, 0xeb, 0xf8];

/**
 * A disk whose boot sector writes a text to the serial line and stops: what a machine starts that was left alone.
 * @returns 1 MiB, to be given to a virtual machine as a raw image
 */
export function bootDisk(text: string): Buffer {
  const loadedAt = 0x7c00;
  const textAt = loadedAt + USE_SERIAL.length + 3 + WRITE_TEXT.length + STOP.length;
  const code = [...USE_SERIAL, 0xbe, textAt & 0xff, textAt >> 8, ...WRITE_TEXT, ...STOP];
  const disk = Buffer.alloc(1024 * 1024);
  Buffer.from([...code, ...Buffer.from(`${text}\0`)]).copy(disk);
  disk.writeUInt16LE(0xaa55, 510);
  return disk;
}

/**
 * Stands in for an installer's kernel: a file in Linux' boot format that writes a text and the command line it was given
 * to the serial line and stops. Source of the layout: Linux' boot protocol, version 2.06.
 */
export function bootKernel(text: string): Buffer {
  const codeAt = 0x268;
  const kernel = Buffer.alloc(1024 + 512);
  kernel.writeUInt8(1, 0x1f1); // sectors of the real-mode part after the first
  kernel.writeUInt32LE(512 / 16, 0x1f4); // size of the rest, in units of 16 bytes
  kernel.writeUInt16LE(0xaa55, 0x1fe);
  Buffer.from([0xeb, codeAt - 0x202]).copy(kernel, 0x200); // jump over this header
  kernel.write('HdrS', 0x202);
  kernel.writeUInt16LE(0x0206, 0x206);
  kernel.writeUInt8(1, 0x211); // the rest is loaded high
  kernel.writeUInt32LE(0x100000, 0x214);
  kernel.writeUInt32LE(0x37ffffff, 0x22c); // highest address of the initrd
  kernel.writeUInt32LE(0x100000, 0x230);
  kernel.writeUInt32LE(2047, 0x238); // longest command line

  const write = [...WRITE_TEXT, 0xc3];
  // cmd_line_ptr at 0x228 is a linear address: split into segment and offset.
  const pointToCommandLine = [0x66, 0xa1, 0x28, 0x02, 0x66, 0x89, 0xc3, 0x66, 0xc1, 0xe8, 0x04, 0x8e, 0xd8, 0x83, 0xe3, 0x0f, 0x89, 0xde];
  const start = [...USE_SERIAL, 0xbe, 0, 0, 0xe8, 0, 0, ...pointToCommandLine, 0xe8, 0, 0, ...STOP];
  const writeAt = start.length;
  const textAt = codeAt + start.length + write.length;
  const secondCall = start.length - STOP.length - 3;
  const code = Buffer.from([...start, ...write, ...Buffer.from(`${text} \0`)]);
  code.writeUInt16LE(textAt, 4);
  code.writeUInt16LE(writeAt - 9, 7);
  code.writeUInt16LE(writeAt - (secondCall + 3), secondCall + 1);
  code.copy(kernel, codeAt);
  return kernel;
}
