import { createHash } from 'node:crypto';
import { Resource as NullResource } from '@cdktf/provider-null/lib/resource';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/** What makes Ansible run for a guest. */
export interface ConfigureTriggerProps {
  readonly guest: string;
  /** Playbook of the guest, without ending. */
  readonly playbook: string;
  /** Everything that Ansible is told about the guest; any change runs it again. */
  readonly definition: unknown;
  /** Roles with the digest of their files; a changed one runs again too. */
  readonly roles: readonly (readonly string[])[];
  /** Digest of the secrets that Ansible is given for it, as they stand encrypted. @default - a changed secret runs nothing */
  readonly secrets?: string;
  /** The guest in Terraform. */
  readonly resource: TerraformResource;
  /** Triggers of the services it needs: it is configured against them, so after them. */
  readonly after: readonly ConfigureTrigger[];
}

/**
 * Runs the guest's playbook after Terraform made or changed the container, and again whenever its definition changes.
 * Terraform runs three levels below the project. `HOMELAB_ANSIBLE_PLAYBOOK` names another command, for a rehearsal.
 */
export class ConfigureTrigger extends NullResource {
  constructor(scope: Construct, id: string, props: ConfigureTriggerProps) {
    const definition = sha256(props.definition);
    const roles = sha256(props.roles);
    super(scope, id, {
      triggers: { definition, roles, ...(props.secrets === undefined ? {} : { secrets: props.secrets }) },
      dependsOn: props.after.length > 0 ? [...props.after] : undefined,
      // A container made anew keeps its id, so only this notices that it is empty again.
      // Its address as plain text: cdktf would write an interpolation, which Terraform does not accept here.
      lifecycle: { replaceTriggeredBy: [`${props.resource.terraformResourceType}.${props.resource.friendlyUniqueId}`] },
      provisioners: [
        {
          type: 'local-exec',
          workingDir: '../../../ansible',
          // The doubled sign keeps Terraform from reading the shell's variable as its own.
          command: `"$\${HOMELAB_ANSIBLE_PLAYBOOK:-ansible-playbook}" ../cdktf.out/ansible/playbooks/${props.playbook}.yml`,
        },
      ],
    });
    this.overrideLogicalId(props.guest);
  }
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
