#!/usr/bin/python3
"""Inside a container: makes a wheel of one module with one command: make-wheel.py FOLDER NAME VERSION MODULE COMMAND [REQUIREMENT]...

MODULE is a file; its function main is what COMMAND calls.
"""

import os
import sys
import zipfile

folder, name, version, module, command = sys.argv[1:6]
package = name.replace("-", "_")
info = "%s-%s.dist-info" % (package, version)
metadata = ["Metadata-Version: 2.1", "Name: " + name, "Version: " + version, *("Requires-Dist: " + each for each in sys.argv[6:])]
with open(module, encoding="utf-8") as file:
    files = {
        package + "/__init__.py": file.read(),
        info + "/METADATA": "\n".join(metadata) + "\n",
        info + "/WHEEL": "Wheel-Version: 1.0\nGenerator: stand-in\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        info + "/entry_points.txt": "[console_scripts]\n%s = %s:main\n" % (command, package),
    }
os.makedirs(folder, exist_ok=True)
with zipfile.ZipFile(os.path.join(folder, "%s-%s-py3-none-any.whl" % (package, version)), "w") as wheel:
    for path, text in files.items():
        wheel.writestr(path, text)
    wheel.writestr(info + "/RECORD", "".join("%s,,\n" % path for path in [*files, info + "/RECORD"]))
