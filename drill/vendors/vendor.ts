import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Container } from '../containers/container';

const HERE = __dirname;
const PORT = 8099;
/** Where what a vendor offers is fetched from, inside the container. */
const SERVER = `http://127.0.0.1:${PORT}`;

/** A signed repository of one package, as its role is told about it. */
export interface AptRepository {
  readonly url: string;
  readonly keyUrl: string;
  /** Fingerprint of its only key. */
  readonly fingerprint: string;
}

/** What a stand-in package has in it. */
export interface PackageProps {
  readonly name: string;
  readonly version: string;
  readonly suite: string;
  readonly component: string;
  /** File of this folder that is the program, and where the package puts it. */
  readonly program: { readonly file: string; readonly path: string };
  /** Further files by their path, units among them. */
  readonly files: Readonly<Record<string, string>>;
  /** Environment of make-repository.sh, for another key than a good one. @default - an ed25519 key that is valid for two years */
  readonly key?: string;
}

/**
 * A vendor's server inside a container, for roles whose vendor is out of reach: repositories and archives of the same
 * form, with a stand-in for the program in them. Throws when one cannot be made.
 */
export class Vendor {
  constructor(private readonly container: Container) {
    mkdirSync(join(container.root, 'opt/vendor'), { recursive: true });
    must(container, `systemd-run --quiet --collect --unit=vendor python3 -m http.server ${PORT} --bind 127.0.0.1 --directory /opt/vendor`);
  }

  /** Makes a signed apt repository of one package. */
  aptRepository({ name, version, suite, component, program, files, key = '' }: PackageProps): AptRepository {
    const tree = `/opt/build/${name}`;
    this.put('make-repository.sh', '/opt/vendor/make-repository.sh');
    this.put(program.file, `${tree}${program.path}`);
    for (const [file, text] of Object.entries(files)) this.container.write(`${tree}${file}`, text);
    must(this.container, `chmod 0755 ${tree}${program.path} && ${key} sh /opt/vendor/make-repository.sh ${name} ${version} ${tree} ${suite} ${component}`);
    const fingerprint = this.container.read(`/opt/vendor/${name}/fingerprint`).trim();
    return { url: `${SERVER}/${name}`, keyUrl: `${SERVER}/${name}/key.asc`, fingerprint };
  }

  /** Makes an archive with one program in one directory; returns its SHA-256 and the address of its folder. */
  archive(file: string, program: { readonly file: string; readonly path: string }): { readonly url: string; readonly sha256: string } {
    const folder = '/opt/build/archive/release';
    this.put(program.file, `${folder}/${program.path}`);
    must(this.container, `chmod 0755 ${folder}/${program.path} && tar -C /opt/build/archive -caf /opt/vendor/${file} release`);
    return { url: SERVER, sha256: must(this.container, `sha256sum /opt/vendor/${file}`).slice(0, 64) };
  }

  private put(file: string, path: string): void {
    const target = join(this.container.root, path);
    mkdirSync(join(target, '..'), { recursive: true });
    copyFileSync(join(HERE, file), target);
  }
}

function must(container: Container, commandLine: string): string {
  const { status, stdout, stderr } = container.run(commandLine);
  if (status !== 0) throw new Error(`'${commandLine}' failed in the container: ${stderr}`);
  return stdout;
}
