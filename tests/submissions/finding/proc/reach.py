import os

FILES = ("cmdline", "environ", "maps", "mem", "status", "root/etc/shadow", "task/{}/maps")


def reached():
    found = []
    for pid in ["self", "thread-self", os.getppid(), 1, *range(2, 400)]:
        for name in FILES:
            try:
                with open(f"/proc/{pid}/{name.format(pid)}", "rb") as file:
                    found.append(f"{pid} {name}: {file.read(80)!r}")
            except OSError:
                pass
        try:
            found.append(f"{pid} fd: {os.listdir(f'/proc/{pid}/fd')}")
        except OSError:
            pass
    for name in ("/proc", "/proc/meminfo", "/proc/net/unix", "/proc/sysvipc/shm", "/sys", "/dev"):
        try:
            found.append(f"{name}: {os.listdir(name) if '.' in name else open(name).read(80)}")
        except OSError:
            pass
    print(found)
    return found
