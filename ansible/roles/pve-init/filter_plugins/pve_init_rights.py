"""Filter pve_init_rights_plan: which entries of the access control list to add and which of ours to take away."""

KEYS = ("path", "type", "ugid", "roleid")


def rights_plan(found, wanted):
    """Compares the host's entries with the wanted ones, looking only at those of our user and our token.

    `wanted` has `user`, `token` and `roles`. Returns `grant` and `take`, lists of entries.
    """
    names = (("user", wanted["user"]), ("token", f"{wanted['user']}!{wanted['token']}"))
    want = [("/", kind, name, role) for kind, name in names for role in wanted["roles"]]
    have = [tuple(str(entry[key]) for key in KEYS) for entry in found if (entry["type"], entry["ugid"]) in names]
    return {
        "grant": [dict(zip(KEYS, entry)) for entry in want if entry not in have],
        "take": [dict(zip(KEYS, entry)) for entry in have if entry not in want],
    }


class FilterModule:
    """Makes the filter known to Ansible."""

    def filters(self):
        """Name to function."""
        return {"pve_init_rights_plan": rights_plan}
