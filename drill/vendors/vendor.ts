import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Container } from '../containers/container';
import { wheelsFolder } from './wheels';

const HERE = __dirname;
const PORT = 8099;
const PYTHON_INDEX_PORT = 8098;
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

/** A Python package with one module that stands in for a program. */
export interface StandInWheel {
  readonly name: string;
  readonly version: string;
  /** File of this folder that is the module; its function main is the command. */
  readonly file: string;
  readonly command: string;
  /** Packages of wheels.txt that it needs. @default - none */
  readonly requires?: readonly string[];
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

  /**
   * Makes an archive of one directory; returns its SHA-256 and the address of its folder.
   * @param contents files or folders of this folder by their path in the archive's only directory
   * @param top name of that directory; '.' for an archive without one
   */
  archive(file: string, contents: Readonly<Record<string, string>>, top = 'release'): { readonly url: string; readonly sha256: string } {
    const folder = `/opt/build/${file}`;
    for (const [path, source] of Object.entries(contents)) this.put(source, join(folder, top, path));
    must(this.container, `chmod -R a+rX ${folder} && tar -C ${folder} --owner=root --group=root -caf /opt/vendor/${file} ${top}`);
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

  /** Makes an index of the form of PyPI, with the real packages of wheels.txt and stand-ins; returns its address. */
  pythonIndex(standIns: readonly StandInWheel[] = []): string {
    const wheels = '/opt/build/wheels';
    cpSync(wheelsFolder(), join(this.container.root, wheels), { recursive: true });
    for (const program of ['make-wheel.py', 'python-index.py']) this.put(program, `/opt/build/${program}`);
    for (const { name, version, file, command, requires = [] } of standIns) {
      this.put(file, `/opt/build/${file}`);
      must(this.container, `python3 /opt/build/make-wheel.py ${wheels} ${name} ${version} /opt/build/${file} ${command} ${requires.join(' ')}`);
    }
    must(this.container, `systemd-run --quiet --collect --unit=python-index python3 /opt/build/python-index.py ${wheels} ${PYTHON_INDEX_PORT}`);
    return `http://127.0.0.1:${PYTHON_INDEX_PORT}/simple`;
  }

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
    cpSync(join(HERE, file), target, { recursive: true });
  }
}

function must(container: Container, commandLine: string): string {
  const { status, stdout, stderr } = container.run(commandLine);
  if (status !== 0) throw new Error(`'${commandLine}' failed in the container: ${stderr}`);
  return stdout;
}
