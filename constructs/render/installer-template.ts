/** What the role pxe_server fills in where it writes an answer: the hash of root's password, as Jinja. */
export const rootPasswordHash = '{{ pxe_server_root_password_hash }}';

/** Variable of the role pxe_server with the server's address as URL; empty where an answer is written to a stick. */
export const serverUrl = 'pxe_server_url';
