import { askedSecret, dataKeySecret, type Secret } from '../core/secret';
import { secretLookup, type Plain } from '../core/setting';
import type { HomelabProps } from '../homelab-props';
import type { OffHostProps, OffHostTarget } from './off-host-props';

// It encrypts every copy there is: another one would open none of them.
const password = dataKeySecret('offhost_password', 'docs/getting-started/data-keys.md#the-copy-off-the-host', 64);
const s3KeyId = askedSecret('offhost_s3_access_key_id', 'the object store that takes the copy');
const s3Key = askedSecret('offhost_s3_secret_access_key', 'the object store that takes the copy');
const restPassword = askedSecret('offhost_rest_password', 'the rest-server that takes the copy');

/** Secrets that the copy elsewhere needs: restic's password, and what its target asks for. */
export function offHostSecrets({ target }: OffHostProps): readonly Secret[] {
  if (target.kind === 's3') return [password, s3KeyId, s3Key];
  return target.kind === 'rest-server' ? [password, restPassword] : [password];
}

/** The repository as restic writes it, without any secret. */
export function repositoryOf(target: OffHostTarget): string {
  switch (target.kind) {
    case 'sftp':
      return `sftp://${target.user}@${target.host}:${target.port ?? 22}/${target.path}`;
    case 's3':
      return `s3:${target.endpoint}/${target.bucket}${target.path === undefined ? '' : `/${target.path}`}`;
    case 'rest-server':
      return `rest:${target.url}`;
    case 'disk':
      return `${target.mountpoint}/restic`;
  }
}

/** Variables of the role pve_backup for the copy elsewhere; none while it is not declared. */
export function offHostVariables(lab: HomelabProps): Record<string, Plain> {
  const { offHost, path } = lab.storage.backup;
  if (!offHost) return {};
  const { target, keepDaily, keepWeekly, keepMonthly } = offHost;
  return {
    pve_backup_offhost_repository: repositoryOf(target),
    pve_backup_offhost_password: secretLookup(password.secret),
    ...environment(target),
    ...(target.kind === 'disk' ? { pve_backup_offhost_mountpoint: target.mountpoint } : {}),
    ...(target.kind === 'sftp' ? { pve_backup_offhost_known_host: knownHost(target) } : {}),
    ...(offHost.schedule === undefined ? {} : { pve_backup_offhost_schedule: offHost.schedule }),
    pve_backup_offhost_keep: { daily: keepDaily, weekly: keepWeekly, monthly: keepMonthly },
    pve_backup_offhost_paths: lab.storage.datasets.map(({ mountpoint }) => mountpoint),
    pve_backup_offhost_exclude: offHost.guestArchives ? [] : [path],
    ...(offHost.verifyPercent === undefined ? {} : { pve_backup_offhost_verify_percent: offHost.verifyPercent }),
    ...(offHost.uploadKiBps === undefined ? {} : { pve_backup_offhost_upload_kib_per_sec: offHost.uploadKiBps }),
  };
}

/** What restic reads from its environment to be let in. */
function environment(target: OffHostTarget): Record<string, Plain> {
  if (target.kind === 's3') {
    return { pve_backup_offhost_environment: { AWS_ACCESS_KEY_ID: secretLookup(s3KeyId.secret), AWS_SECRET_ACCESS_KEY: secretLookup(s3Key.secret) } };
  }
  if (target.kind !== 'rest-server') return {};
  return { pve_backup_offhost_environment: { RESTIC_REST_USERNAME: target.user, RESTIC_REST_PASSWORD: secretLookup(restPassword.secret) } };
}

/** The target's line of known_hosts; ssh puts a name with another port in brackets. */
function knownHost({ host, port = 22, hostKey }: Extract<OffHostTarget, { kind: 'sftp' }>): string {
  return `${port === 22 ? host : `[${host}]:${port}`} ${hostKey}`;
}
