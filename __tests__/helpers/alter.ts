import type { HomelabProps, OffHostProps, ServiceProps } from '../../constructs';
import { smallHouse } from './small-house';

/** The small house, or another, with some parts of its machine exchanged. */
export function withHost(patch: Partial<HomelabProps['host']>, lab = smallHouse): HomelabProps {
  return { ...lab, host: { ...lab.host, ...patch } };
}

/** A house with some parts of its bridge exchanged. */
export function withBridge(patch: Partial<HomelabProps['host']['bridge']>, lab = smallHouse): HomelabProps {
  return withHost({ bridge: { ...lab.host.bridge, ...patch } }, lab);
}

/** A house with some parts of its storage exchanged. */
export function withStorage(patch: Partial<HomelabProps['storage']>, lab = smallHouse): HomelabProps {
  return { ...lab, storage: { ...lab.storage, ...patch } };
}

/** A house with a copy elsewhere, some parts of it exchanged. */
export function withOffHost(patch: Partial<OffHostProps> = {}, lab = smallHouse): HomelabProps {
  const target: OffHostProps['target'] = { kind: 'rest-server', url: 'https://vault.example.org:8000/home', user: 'copies' };
  const offHost = { target, keepDaily: 7, keepWeekly: 4, keepMonthly: 12, guestArchives: false, ...patch };
  return withStorage({ backup: { ...lab.storage.backup, offHost } }, lab);
}

/** A house with some parts of its pool exchanged. */
export function withPool(patch: Partial<HomelabProps['storage']['pool']>, lab = smallHouse): HomelabProps {
  return withStorage({ pool: { ...lab.storage.pool, ...patch } }, lab);
}

/** Some fields of a service; that they fit the others is not the compiler's to say. */
export type ServicePatch = { readonly [Field in keyof ServiceProps]?: ServiceProps[Field] };

/** A house with one of its services changed. */
export function withService(name: string, patch: ServicePatch, lab = smallHouse): HomelabProps {
  if (!lab.services.some((service) => service.name === name)) throw new Error(`'${name}' is no service of '${lab.name}'`);
  return { ...lab, services: lab.services.map((service) => (service.name === name ? ({ ...service, ...patch } as ServiceProps) : service)) };
}

/** A house in which one service lacks a field; the compiler would say so, a plain synth does not run the compiler. */
export function withoutField(name: string, field: keyof ServiceProps, lab = smallHouse): HomelabProps {
  const strip = (service: ServiceProps): ServiceProps => {
    const { [field]: _dropped, ...rest } = service;
    return rest as ServiceProps;
  };
  return { ...lab, services: lab.services.map((service) => (service.name === name ? strip(service) : service)) };
}

/** A house with its services exchanged. */
export function withServices(services: readonly ServiceProps[], lab = smallHouse): HomelabProps {
  return { ...lab, services };
}

/** One service of a house. */
export function serviceOf(name: string, lab = smallHouse): ServiceProps {
  return lab.services.find((service) => service.name === name)!;
}

/** The small house with a graphics card that nobody uses yet. */
export const houseWithGpu = withHost({ gpu: { model: 'NVIDIA T400', driverVersion: '580.142', devices: ['/dev/nvidia0', '/dev/nvidiactl'] } });
