import { gunzipSync, inflateRawSync } from 'node:zlib';

/** A file as it is looked at: from git, or out of an archive in it. */
export interface Looked {
  /** Path; of a member of an archive `archive!member`. */
  readonly path: string;
  readonly content: Buffer;
}

/** What was found in a file: the file itself with all that is packed in it, and what could not be looked into. */
export interface Unpacked {
  readonly files: readonly Looked[];
  readonly closed: readonly string[];
}

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_DEPTH = 5;
const TAR_BLOCK = 512;

/** Archives that nothing here opens, by their first bytes. */
const CLOSED: readonly (readonly [string, string])[] = [
  ['fd377a585a00', 'xz'],
  ['28b52ffd', 'zstd'],
  ['425a68', 'bzip2'],
  ['377abcaf271c', '7z'],
  ['526172211a07', 'rar'],
];

/** Members of a zip archive, from its directory at the end, which is what unzip and Terraform believe. */
function zipMembers(archive: Buffer): Looked[] {
  const end = archive.lastIndexOf('PK\u0005\u0006');
  const members: Looked[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [flags, method, size] = [archive.readUInt16LE(at + 8), archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [number, number, number];
    const local = archive.readUInt32LE(at + 42);
    if (flags & 1 || ![0, 8].includes(method)) throw new Error('encrypted, or packed in an unusual way');
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(start, start + size);
    const content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: MAX_BYTES });
    members.push({ path: archive.subarray(at + 46, at + 46 + name).toString(), content });
    at += 46 + name + extra + comment;
  }
  return members;
}

/** Members of a tar archive that are files. */
function tarMembers(archive: Buffer): Looked[] {
  const text = (at: number, length: number) => archive.subarray(at, at + length).toString().replace(/\0.*$/s, '');
  const members: Looked[] = [];
  for (let at = 0; at + TAR_BLOCK <= archive.length && archive[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12).trim() || '0', 8);
    if (!Number.isInteger(size) || size < 0) throw new Error('a size in it is no number');
    const start = at + TAR_BLOCK;
    members.push({ path: text(at, 100), content: archive.subarray(start, start + size) });
    at = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
  return members;
}

const BASE64 = /(?:[A-Za-z0-9+/]{40,}[ \t]*\r?\n?[ \t]*)+[A-Za-z0-9+/]*={0,2}/g;
/** What is worth decoding: a zip archive, gzip, a JSON object, a PEM block. */
const WORTH = /^(PK\u0003\u0004|\u001f\u008b|\s*\{\s*"|-----BEGIN )/;

/** Long texts of base64 in a text, decoded; gitleaks decodes shorter ones itself. */
function decoded(content: Buffer): Looked[] {
  return [...content.toString('latin1').matchAll(BASE64)]
    .map(([text], index) => ({ path: `base64-${index + 1}`, content: Buffer.from(text, 'base64') }))
    .filter((part) => WORTH.test(part.content.subarray(0, 64).toString('latin1')));
}

function membersOf(content: Buffer): readonly Looked[] {
  const starts = (hex: string) => content.subarray(0, hex.length / 2).toString('hex') === hex;
  if (starts('504b0304') || starts('504b0506')) return zipMembers(content);
  if (starts('1f8b')) return [{ path: 'gzip', content: gunzipSync(content, { maxOutputLength: MAX_BYTES }) }];
  if (content.subarray(257, 262).toString() === 'ustar') return tarMembers(content);
  const closed = CLOSED.find(([hex]) => starts(hex));
  if (closed) throw new Error(`${closed[1]} is not opened here`);
  return decoded(content);
}

/** Takes a file apart: zip (a Terraform plan is one), gzip, tar and base64, each in each. */
export function unpack(file: Looked, depth = 0): Unpacked {
  let members: readonly Looked[];
  try {
    members = membersOf(file.content);
    if (members.length > 0 && depth === MAX_DEPTH) throw new Error(`packed more than ${MAX_DEPTH} times`);
  } catch (error) {
    return { files: [file], closed: [`${file.path}: an archive that cannot be looked into (${(error as Error).message})`] };
  }
  const inner = members.map((member) => unpack({ path: `${file.path}!${member.path}`, content: member.content }, depth + 1));
  return { files: [file, ...inner.flatMap(({ files }) => files)], closed: inner.flatMap(({ closed }) => closed) };
}
