export type { AdoptedCardProps, AdoptedDiskProps, AdoptedGuestProps, AdoptedStartProps } from './adopted/adopted-props';
export { runSynth } from './command';
export {
  addressOf, alertReceiver, hostPartOf, houseNames, houseNetwork, houseTimezone, originOf, overTls, proxiesBefore, proxyRoutes, scrapeJobs, tunnelIngress, urlOf,
  type LabFacts, type Setting,
} from './core/setting';
export { askedSecret, certificateSecret, dataKeySecret, randomSecret, sessionSecret, type Secret } from './core/secret';
export { DefinitionError, formatProblem, type Problem } from './core/problem';
export { Homelab, type HomelabOptions } from './homelab';
export type { BudgetProps, FormerStateProps, HomelabProps, KnownGuestProps, RetiredProps, RetiredTemplateProps, StateProps } from './homelab-props';
export { Host } from './host/host';
export type { ApiTokenProps, BridgeProps, DiskProps, GpuProps, HostProps, InstallProps, ProvisioningProps } from './host/host-props';
export { checkHomelab } from './rules';
export { disposable, keeps, type Data, type VolumeProps } from './service/data';
export type { Exposure } from './service/exposure';
export type { HealthCheck } from './service/health';
export { objectStore, type ObjectStoreProps, type StoreEngine } from './service/object-store';
export { dumpBy, filesAlone, rowsIn, sqliteDump, type Dump, type DumpTool, type Rows, type Saves } from './service/saves';
export { Service } from './service/service';
export type { MetricsProps, PortProps, ServiceProps } from './service/service-props';
export type { OffHostProps, OffHostTarget } from './storage/off-host-props';
export { Storage } from './storage/storage';
export type { BackupProps, DatasetProps, PoolIntentProps, PoolProps, StorageProps } from './storage/storage-props';
export { synthesize, type SynthesizeOptions, type SynthesizeResult } from './synthesize';
export type { ImageProps } from './template/image';
export { Template } from './template/template';
export type { TemplateProps } from './template/template-props';
export type { AlertsProps } from './watch/alerts-props';
