import { App } from 'cdktf';
import { fixedAddresses } from './adopted/adopted-props';
import { adoptionOf } from './adoption';
import { storeFactsOf } from './store-facts';
import { DefinitionError } from './core/problem';
import { dnsNamesOf } from './lab-facts';
import { Homelab, type HomelabOptions } from './homelab';
import type { HomelabProps } from './homelab-props';
import { installationOf } from './host/installation';
import { machineFactsOf } from './host/machine-facts';
import { rightsNotices } from './host/token-rights';
import { noticesOf, summarize } from './lab-summary';
import { backendOf } from './output/former-backend';
import { Generation } from './output/generation';
import { renderAnsible } from './render/ansible';
import { renderCareManifest } from './render/care-manifest';
import { renderInstallation } from './render/installation';
import { renderDns } from './render/dns';
import { renderDocs } from './render/docs';
import { renderMachine } from './render/machine';
import { renderSecretsManifest } from './render/secrets-manifest';
import { renderSummary } from './render/summary';
import { renderTerraform } from './render/terraform';
import { reservationsOf } from './service/guest';
import { movedUnsaid } from './state-place';

/** Oldest releases whose S3 backend locks with a file of its own; the fork of cdktf asks for them. */
const targetVersions = { terraform: '>=1.11.0', opentofu: '>=1.10.0' };

/** Where and how a house is written. */
export interface SynthesizeOptions extends HomelabOptions {
  /** Output folder. @default 'cdktf.out' */
  readonly outdir?: string;
}

/** What a run tells its owner. */
export interface SynthesizeResult {
  /** Things to know although nothing is refused. */
  readonly notices: readonly string[];
}

/**
 * Writes everything that the other tools consume: Terraform JSON, Ansible, the catalogue and the pictures.
 * The old output stays untouched until the new one is complete.
 * @throws DefinitionError with every problem of the definition; then nothing is written
 */
export function synthesize(lab: HomelabProps, options: SynthesizeOptions = {}): SynthesizeResult {
  const generation = new Generation(options.outdir ?? 'cdktf.out');
  try {
    const app = new App({ outdir: generation.staging, stackTraces: false, context: { targetVersions } });
    const { tokenRights } = new Homelab(app, lab.name, lab, options);
    refuse(app.node.findAll().flatMap((node) => node.node.validate().map((rule) => ({ path: node.node.path, rule }))));
    const notices = [...noticesOf(lab), ...rightsNotices(lab.host.apiToken, tokenRights)];
    const summary = summarize(lab, notices);
    const artefacts = [
      ...renderTerraform(app),
      ...renderAnsible(app, neighboursOf(lab)),
      ...renderInstallation(installationOf(lab)),
      ...renderDns({ house: lab.name, names: dnsNamesOf(lab), reservations: reservationsOf(lab.services) }),
      ...renderDocs(summary),
      renderSummary(summary),
      renderSecretsManifest(lab),
      renderMachine(machineFactsOf(lab, tokenRights)),
      renderCareManifest(lab),
    ];
    const moved = options.state === 'local' ? [] : movedUnsaid(lab, backendOf(options.outdir ?? 'cdktf.out'));
    return { notices: [...moved, ...notices, ...generation.publish([...artefacts, storeFactsOf(lab), adoptionOf(lab)])] };
  } finally {
    generation.discard();
  }
}

/** Addresses of guests that are on the host and no services. */
function neighboursOf(lab: HomelabProps): string[] {
  return [...(lab.known ?? []).flatMap(({ addresses = [] }) => addresses), ...(lab.adopted ?? []).flatMap(fixedAddresses), ...(lab.retired ?? []).map(({ address }) => address)];
}

/** Turns what the constructs say of themselves into problems of the definition. */
function refuse(findings: readonly { readonly path: string; readonly rule: string }[]): void {
  if (findings.length === 0) return;
  throw new DefinitionError(findings.map((finding) => ({ ...finding, got: 'the tree as built', remedy: 'see the rule' })));
}
