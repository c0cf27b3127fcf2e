/**
 * Public keys that may log in, as in ~/.ssh/id_ed25519.pub.
 * This one is an example whose private half was thrown away: put in your own.
 */
export const sshKeys = ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKaIkoN1OYLWqykhXPc+/p4DIOlw0v4nGQ9KkPmuBnF/ replace-with-your-own-key'];
