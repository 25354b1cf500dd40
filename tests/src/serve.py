"""Runs a Python server that ends with the process that started it.

    python serve.py MODULE [ARGUMENT…]

is `python -m MODULE [ARGUMENT…]`, but the server also ends when standard input does. The test holds the other end of
that pipe, so a server never outlives it, even if the test is killed.
"""

import os
import runpy
import sys
import threading


def end_with_standard_input():
    while os.read(0, 1024):
        pass
    os._exit(0)


threading.Thread(target=end_with_standard_input, daemon=True).start()
# `-m` puts the working directory first, a script its own folder; a server needs neither.
sys.path.pop(0)
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
