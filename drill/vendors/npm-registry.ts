import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Container } from '../containers/container';
import type { Vendor } from './vendor';

/** A package of a registry, with packages that lie inside it. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** File of this folder that is the program of the package's name. */
  readonly program: string;
  /** Packages that it brings along: file of this folder by name. */
  readonly bundled: Readonly<Record<string, string>>;
}

/**
 * A registry of one package at a vendor's server, in the form that npm asks for, with the checksum that npm compares.
 * Returns its address.
 */
export function npmRegistry(container: Container, vendor: Vendor, { name, version, program, bundled }: NpmPackage): string {
  const tree = `/opt/build/npm/${name}/package`;
  const inside = Object.keys(bundled);
  const about = { name, version, bin: { [name]: `bin/${name}` }, dependencies: Object.fromEntries(inside.map((each) => [each, '0.0.0'])), bundleDependencies: inside };
  const write = (path: string, content: string) => container.write(join(tree, path), content);
  write('package.json', JSON.stringify(about));
  write(`bin/${name}`, readFileSync(join(__dirname, program), 'utf8'));
  for (const [each, file] of Object.entries(bundled)) {
    write(`node_modules/${each}/package.json`, JSON.stringify({ name: each, version: '0.0.0', main: 'index.js' }));
    write(`node_modules/${each}/index.js`, readFileSync(join(__dirname, file), 'utf8'));
  }
  const tarball = `npm-tarballs/${name}-${version}.tgz`;
  const made = container.run(`chmod 0755 ${tree}/bin/${name} && mkdir -p /opt/vendor/npm-tarballs && tar -C ${tree}/.. -czf /opt/vendor/${tarball} package`);
  if (made.status !== 0) throw new Error(`the package ${name} could not be packed: ${made.stderr}`);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(join(container.root, 'opt/vendor', tarball))).digest('base64')}`;
  const versions = { [version]: { ...about, dist: { tarball: `${vendor.url}/${tarball}`, integrity } } };
  container.write(`/opt/vendor/npm/${name}`, JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  return `${vendor.url}/npm`;
}
