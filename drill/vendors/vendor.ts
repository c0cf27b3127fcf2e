import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Container } from '../containers/container';

const HERE = __dirname;
const PORT = 8099;
/** Where what a vendor offers is fetched from, inside the container. */
const SERVER = `http://127.0.0.1:${PORT}`;

/** A signed repository, as its role is told about it. */
export interface AptRepository {
  readonly url: string;
  readonly keyUrl: string;
  /** Fingerprint of its only key. */
  readonly fingerprint: string;
}

/** What a stand-in package has in it. */
export interface StandInPackage {
  readonly name: string;
  readonly version: string;
  /** File of this folder that is the program, and where the package puts it. */
  readonly program: { readonly file: string; readonly path: string };
  /** Further files by their path, units and `/DEBIAN/postinst` among them. @default - none */
  readonly files?: Readonly<Record<string, string>>;
  /** Debian packages that the program needs besides Python, as in a control file. @default - none */
  readonly depends?: string;
}

/** A repository to be made. */
export interface RepositoryProps {
  readonly name: string;
  readonly suite: string;
  /** Empty for a flat repository, whose suite ends with a slash. */
  readonly component: string;
  readonly packages: readonly StandInPackage[];
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
    must(container, `systemctl is-active --quiet vendor || systemd-run --quiet --collect --unit=vendor python3 -m http.server ${PORT} --bind 127.0.0.1 --directory /opt/vendor`);
  }

  /** Makes a signed apt repository. */
  aptRepository({ name, suite, component, packages, key = '' }: RepositoryProps): AptRepository {
    this.put('make-repository.sh', '/opt/vendor/make-repository.sh');
    const trees = packages.map((each) => this.tree(each));
    must(this.container, `${key} sh /opt/vendor/make-repository.sh ${name} ${suite} '${component}' ${trees.join(' ')}`);
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

  /** Puts a program of this folder at a path below the server's root; returns its SHA-256. */
  binary(path: string, file: string): string {
    this.put(file, join('/opt/vendor', path));
    return must(this.container, `sha256sum ${join('/opt/vendor', path)}`).slice(0, 64);
  }

  /** Serves a file that lies outside the container, at a path below the server's root. */
  serve(file: string, path: string): void {
    const target = join(this.container.root, 'opt/vendor', path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }

  /** Makes a zip archive of text files, below the server's root at a path; returns its SHA-256. */
  zip(path: string, files: Readonly<Record<string, string>>): string {
    const target = join('/opt/vendor', path);
    const script = 'import json, os, sys, zipfile; os.makedirs(os.path.dirname(sys.argv[1]), exist_ok=True); z = zipfile.ZipFile(sys.argv[1], "w"); [z.writestr(n, t) for n, t in json.load(open("/tmp/files.json")).items()]; z.close()';
    this.container.write('/tmp/files.json', JSON.stringify(files));
    return must(this.container, `python3 -c '${script}' ${target} && sha256sum ${target}`).slice(0, 64);
  }

  /** Where what this server has is fetched from. */
  readonly url = SERVER;

  /** A package as it is unpacked. */
  private tree({ name, version, program, files = {}, depends }: StandInPackage): string {
    const tree = `/opt/build/${name}`;
    this.put(program.file, `${tree}${program.path}`);
    const control = [`Package: ${name}`, `Version: ${version}`, 'Architecture: amd64', 'Maintainer: none <root@localhost>', `Depends: ${['python3', depends].filter(Boolean).join(', ')}`, `Description: stand-in for ${name}, not the real program`];
    for (const [file, text] of Object.entries({ ...files, '/DEBIAN/control': `${control.join('\n')}\n` })) this.container.write(`${tree}${file}`, text);
    must(this.container, `chmod 0755 ${tree}${program.path}; if [ -e ${tree}/DEBIAN/postinst ]; then chmod 0755 ${tree}/DEBIAN/postinst; fi`);
    return tree;
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
