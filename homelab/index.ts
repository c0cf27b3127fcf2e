import type { HomelabProps } from '../constructs';
import { adopted } from './adopted';
import { debian13Container } from './images';
import { sshKeys } from './keys';
import { known } from './known';
import * as services from './services';
import { budget, host, state, storage, template } from './site';

/** This house. */
export const homelab: HomelabProps = {
  name: 'home',
  domain: 'home.arpa',
  host,
  storage,
  containerImage: debian13Container,
  template,
  sshKeys,
  // A list without a line left is a module with nothing but `default`.
  services: Object.entries(services).flatMap(([name, service]) => (name === 'default' ? [] : [service])),
  known,
  adopted,
  state,
  budget,
};
