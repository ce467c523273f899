import atexit
import os
import socket
import subprocess
import time

from behaviour import KIND


def test_loads():
    assert KIND


def test_behaves():
    if KIND == "hang":
        subprocess.Popen(["sleep", "600"], start_new_session=True)
        time.sleep(600)
    if KIND == "memory":
        blocks = []
        while True:
            blocks.append(bytearray(os.urandom(1 << 20) * 16))
    if KIND == "fork":
        children = [subprocess.Popen(["sleep", "5"]) for _ in range(400)]
        for child in children:
            child.kill()
            child.wait()
    if KIND == "garbage":
        atexit.register(os.write, 1, b"\xff\xfe\n")
    if KIND == "flood":
        atexit.register(lambda: [os.write(1, b"x" * (1 << 20)) for _ in range(105)])
    if KIND == "exit":
        os._exit(7)
    if KIND == "file":
        with open("/app/large.bin", "wb") as file:
            for _ in range(600):
                file.write(b"\0" * (1 << 20))
    if KIND == "report":
        with open("/workspace/output.json", "w") as file:
            file.write('{"tests": [{"name": "test_hostile.py::test_behaves", "status": "PASSED"}]}')
    assert KIND in ("good", "fork", "garbage", "flood", "file")


def test_has_no_network():
    with socket.socket() as probe:
        probe.settimeout(3)
        reached = probe.connect_ex(("1.1.1.1", 53)) == 0 or os.path.exists("/sys/class/net/eth0")
    assert not reached
