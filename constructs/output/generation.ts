import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { atWorkBelow, atWorkText } from '../../common/at-work';
import { HOUSE, holderOf, holderText } from '../../common/exclusive';
import { Refusal } from '../../common/refusal';
import type { Artefact } from '../render/artefact';
import { carryOver } from './carry-over';

/**
 * The output folder as a link to one complete generation beside it: `cdktf.out -> .cdktf.out.<digest>`.
 * A new tree is written elsewhere and the link is renamed into place, so a reader, or a kill, sees the old tree whole
 * or the new tree whole. Generations lie at the depth of the link, so that relative paths mean the same through both.
 */
export class Generation {
  /** Folder beside the output that is this run's own; it becomes the output with {@link publish}. */
  readonly staging: string;
  private readonly link: string;
  private readonly prefix: string;

  /** @param outdir output folder, e.g. `cdktf.out` */
  constructor(outdir: string) {
    this.link = resolve(outdir);
    this.prefix = `.${basename(this.link)}.`;
    this.staging = this.sibling(`new-${process.pid}`);
    rmSync(this.staging, { recursive: true, force: true });
    mkdirSync(this.staging, { recursive: true });
  }

  /**
   * Makes these files the output. Equal content changes nothing at all. What Terraform left in the old tree (its lock
   * file, its plugins, a state that could not be saved) moves along.
   * @returns notes for the owner about anything that could not move
   * @throws Refusal while a Terraform works in the old tree, where it may have to leave a state that it cannot save
   */
  publish(artefacts: readonly Artefact[]): string[] {
    const digest = digestOf(artefacts);
    let target = this.sibling(digest);
    this.requireIdle(target);
    if (!holds(target, artefacts)) {
      // A generation that was edited by hand keeps its name until it is carried over.
      if (existsSync(target)) target = this.sibling(`${digest}-${process.pid}`);
      this.write(artefacts);
      renameSync(this.staging, target);
    }
    this.pointTo(target);
    return this.old().flatMap((generation) => carryOver(generation, target));
  }

  private requireIdle(target: string): void {
    const leaving = existsSync(this.link) ? [this.link, ...this.generations()] : [];
    const holder = leaving.some((folder) => realpathSync(folder) !== target) ? holderOf(join(dirname(this.link), '.state'), HOUSE) : undefined;
    if (holder) throw new Refusal(`${holderText(holder)}, and this would put another output in its place`, 'wait for it');
    const [busy] = leaving.filter((folder) => realpathSync(folder) !== target).flatMap(atWorkBelow);
    if (busy) throw new Refusal(`${atWorkText(busy)}, and this would put another output in its place`, 'wait for it');
  }

  /** Removes the staging folder, if it is still there. */
  discard(): void {
    rmSync(this.staging, { recursive: true, force: true });
  }

  private write(artefacts: readonly Artefact[]): void {
    const folders = new Set<string>();
    for (const { path, content } of artefacts) {
      const target = join(this.staging, path);
      const folder = dirname(target);
      if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
      folders.add(folder);
      writeFileSync(target, content);
    }
  }

  private pointTo(target: string): void {
    const name = basename(target);
    const current = lstatSync(this.link, { throwIfNoEntry: false });
    if (current?.isSymbolicLink() && readlinkSync(this.link) === name) return;
    const fresh = this.sibling(`link-${process.pid}`);
    rmSync(fresh, { force: true });
    symlinkSync(name, fresh);
    // A plain folder was made by another tool; it is set aside as a generation of its own.
    if (current?.isDirectory()) renameSync(this.link, this.sibling(`found-${process.pid}`));
    renameSync(fresh, this.link);
  }

  /** Earlier generations, and staging folders of runs that were killed. */
  private old(): string[] {
    const current = join(dirname(this.link), readlinkSync(this.link));
    return this.generations().filter((path) => path !== current);
  }

  /** All generations but those that another run is still writing. */
  private generations(): string[] {
    return readdirSync(dirname(this.link))
      .filter((name) => name.startsWith(this.prefix) && !isRunning(name))
      .map((name) => join(dirname(this.link), name));
  }

  private sibling(suffix: string): string {
    return join(dirname(this.link), this.prefix + suffix);
  }
}

/** Whether the process that a staging folder is named after still runs. */
function isRunning(name: string): boolean {
  const pid = /\.(?:new|link)-(\d+)$/.exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether a folder has exactly these contents at these paths. */
function holds(folder: string, artefacts: readonly Artefact[]): boolean {
  if (!existsSync(folder)) return false;
  return artefacts.every(({ path, content }) => {
    const file = join(folder, path);
    return existsSync(file) && readFileSync(file, 'utf8') === content;
  });
}

/** Digest of every path and content, independent of their order. */
function digestOf(artefacts: readonly Artefact[]): string {
  const hash = createHash('sha256');
  const sorted = [...artefacts].sort((left, right) => (left.path < right.path ? -1 : 1));
  for (const { path, content } of sorted) hash.update(path).update('\0').update(content).update('\0');
  return hash.digest('hex').slice(0, 16);
}
