/** How a service is reached by people, as its settings need to know. */
export interface Reach {
  /** Address without a path and without a trailing slash, e.g. `http://192.168.88.246:5678`. */
  readonly origin: string;
  /** Host part of the address: an IPv4 address or a name. */
  readonly host: string;
  /** Whether browsers come over TLS, so that cookies may be kept to it. */
  readonly tls: boolean;
  /** Reverse proxies between browser and service. */
  readonly proxies: number;
}

/** One name of the house that its reverse proxy leads to a service. */
export interface ProxyRoute {
  /** Full name, e.g. `n8n.home.arpa`. */
  readonly host: string;
  /** Where it ends, e.g. `http://192.168.88.246:5678`. */
  readonly upstream: string;
  /** Name of the secret with its key and certificate. */
  readonly secret: string;
}

/** One public name that the tunnel leads to a service. */
export interface IngressRule {
  readonly hostname: string;
  /** Where it ends inside the house, e.g. `http://192.168.88.246:5678`. */
  readonly service: string;
}
