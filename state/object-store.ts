import type { ChildProcess } from 'node:child_process';

/** A pair of S3 keys. The id is a secret as well: whoever knows it has half of what a forged request needs. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** How an object store is reached. */
export interface ObjectStore {
  /** Address with scheme and port. */
  readonly endpoint: string;
  /** Certificate of the authority that signed the server's, as a file. */
  readonly authorityPath: string;
  readonly credentials: Credentials;
}

/** A server on this machine, for a rehearsal. */
export interface LocalServer {
  readonly endpoint: string;
  readonly process: ChildProcess;
  /** Ends it and waits for that. */
  readonly stop: () => Promise<void>;
}

/** What a local server needs. */
export interface LocalServerProps {
  /** Folder of the objects. */
  readonly dataFolder: string;
  /** Folder for its certificate and key. */
  readonly certificateFolder: string;
  /** Its private key and certificate for 127.0.0.1, PEM. */
  readonly keyPem: string;
  readonly certificatePem: string;
  /** Certificate of the authority that signed it, PEM. */
  readonly authorityPem: string;
  /** Port on 127.0.0.1. @default - a free one */
  readonly port?: number;
  readonly admin: Credentials;
}

/** What the state needs of an object store, beyond S3 itself. One file per engine implements it. */
export interface ObjectStoreEngine {
  /** Name of the role that installs it in the guest. */
  readonly role: string;
  /** How it names itself in the header `Server` of an answer. */
  readonly server: RegExp;
  /** Starts a server on loopback and waits until it answers. */
  readonly serve: (props: LocalServerProps) => Promise<LocalServer>;
  /**
   * Makes the bucket with versioning and a lifecycle for old versions below `shortLived` prefixes, and a key that may
   * touch only this bucket. Doing it again changes nothing.
   */
  readonly configure: (store: ObjectStore, bucket: string, key: Credentials, shortLived: readonly string[]) => Promise<void>;
}
