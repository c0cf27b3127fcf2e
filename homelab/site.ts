import type { BudgetProps, HostProps, StateProps, StorageProps, TemplateProps } from '../constructs';
import { debian13Cloud } from './images';

/** The machine in the cupboard. */
export const host: HostProps = {
  nodeName: 'pve',
  board: 'ASUS Sabertooth Mark 2',
  cpu: 'Intel Core i5-4670',
  cores: 4,
  memoryMiB: 32_041,
  memoryReserveMiB: 2048,
  sataPorts: 6,
  disks: [
    { purpose: 'pool', sizeGiB: 931, sata: true },
    // The boot SSD hangs on the second controller; requirements count one of the six ports as used.
    { purpose: 'boot', sizeGiB: 224, sata: false },
  ],
  gpu: {
    model: 'NVIDIA GeForce RTX 2070',
    driverVersion: '590.48.01',
    devices: ['/dev/nvidia0', '/dev/nvidiactl', '/dev/nvidia-uvm', '/dev/nvidia-uvm-tools'],
  },
  pveVersion: '9.1.5',
  kernel: '6.17.4-2-pve',
  rootGiB: 66,
  bridge: { name: 'vmbr0', address: '192.168.88.10/24', gateway: '192.168.88.1', ports: ['nic0'] },
  provisioning: { bridge: 'vmbr1', address: '10.88.99.1/24' },
  nameservers: ['192.168.88.1'],
  timezone: 'Europe/Warsaw',
  // Answers are written as soon as the card's address (`mac`) and both disks' serial numbers are declared.
  install: { country: 'pl', keyboard: 'pl' },
  // The role is a requirement. Without this word the token gets exactly what the stacks need, and nothing of what synth lists.
  apiToken: { user: 'terraform@pve', tokenId: 'iac', role: 'PVEAdmin' },
};

/** The pool `tank` and what lies on it. */
export const storage: StorageProps = {
  pool: {
    name: 'tank',
    usableGiB: 900,
    layout: 'single',
    arcMaxMiB: 3204,
    // The five free ports carry a RAIDZ2 beside the old disk; it is copied and renamed, never converted in place.
    intent: { layout: 'raidz2', disks: 5, by: 'new-pool' },
  },
  datasets: [
    { name: 'backups', mountpoint: '/tank/backups', purpose: 'archives of guests, of the host and of the state' },
    { name: 'data', mountpoint: '/tank/data', purpose: 'volumes of services, one dataset each' },
  ],
  volumesDataset: 'data',
  backup: {
    storage: 'backups',
    path: '/tank/backups/lxc',
    schedule: '02:30',
    keepDaily: 7,
    keepWeekly: 4,
    keepMonthly: 3,
    quotaGiB: 140,
    // Dumps of all databases and archives of gitea and jenkins each night, and what people and programs change.
    churnMiBPerDay: 400,
  },
};

/** Template 1000; `ubuntu2404Cloud` is the alternative image. */
export const template: TemplateProps = {
  vmId: 1000,
  name: 'debian13-template',
  image: debian13Cloud,
  cores: 2,
  memoryMiB: 2048,
  diskGiB: 8,
  user: 'ops',
};

/** Terraform's state lies in guest 105. */
export const state: StateProps = { service: 'minio', port: 9000, bucket: 'terraform-state' };

/** How much the machine may be promised. */
export const budget: BudgetProps = { cpuWarnRatio: 5, cpuMaxRatio: 8, poolWarnShare: 0.8 };
