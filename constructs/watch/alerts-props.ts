/** How the owner is told that something is red. What may hold a token is a secret of the house and never stands here. */
export type AlertsProps =
  /** By mail, handed to a server that takes it without a password. */
  | {
      readonly kind: 'mail';
      readonly to: string;
      /** Name or address and port of the mail server, e.g. `192.168.88.1:25`. */
      readonly server: string;
      /** @default - `homelab@` and the domain of the house */
      readonly from?: string;
    }
  /** To a topic of ntfy; its address is the secret `alerts_url`. */
  | { readonly kind: 'ntfy' }
  /** To a program that takes Alertmanager's JSON; its address is the secret `alerts_url`. */
  | { readonly kind: 'webhook' };
