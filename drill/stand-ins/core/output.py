"""What a command prints: JSON when asked for, else a plain table good enough to be read by a person."""

import json


def render(result: object, output_format: str) -> str:
    """`None` prints nothing, a string prints as it is, data prints in the format asked for."""
    if result is None:
        return ""
    if output_format in ("json", "json-pretty"):
        return json.dumps(result, indent=3 if output_format == "json-pretty" else None, sort_keys=True)
    if isinstance(result, str):
        return result
    if isinstance(result, dict):
        return "\n".join(f"{key}: {value}" for key, value in sorted(result.items()))
    if isinstance(result, list) and all(isinstance(row, dict) for row in result):
        keys = sorted({key for row in result for key in row})
        return "\n".join(["\t".join(keys)] + ["\t".join(str(row.get(key, "")) for key in keys) for row in result])
    return json.dumps(result)
