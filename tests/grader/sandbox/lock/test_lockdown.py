"""The lock, from inside: each rule in a forked, locked child.

A child runs as the user of the tests or, where that is root, as an ordinary user too; with
Landlock's scopes and without; and for what seccomp must hold alone, without Landlock. Root has no
capabilities left in there, but it owns the files that it would like to write.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support import needs
from support.forks import NOBODY, become_ordinary, refusal

if needs.NO_LOCK:
    pytest.skip(needs.NO_LOCK, allow_module_level=True)

import pyseccomp

from grader.sandbox.lock import landlock, lockdown, syscalls

ROOT = os.getuid() == 0
PREPARED = lockdown.Prepared(syscalls.build(), landlock.abi())
LIBC = ctypes.CDLL(None, use_errno=True)
GIB = 1 << 30


# --- the children -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ended:
    """How a child ended, and what the kernel said of it once it was locked."""

    value: Any
    status: int
    seen: dict[str, str]

    @property
    def signal(self) -> int:
        return os.WTERMSIG(self.status) if os.WIFSIGNALED(self.status) else 0


@dataclass(frozen=True)
class Jail:
    """One way to lock a child; calling it runs a function in there."""

    ordinary: bool
    scopes: bool = True
    landlock: bool = True

    def __call__(
        self,
        body: Callable[..., object],
        readable: tuple[str, ...] = (),
        memory: int = GIB,
        cpu: int = 20,
    ) -> Ended:
        policy = lockdown.Policy(readable, memory, cpu, self.scopes, self.landlock, files=64)
        ours, theirs = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            self._child(theirs.fileno(), body, policy, parent)
        status = None
        try:
            theirs.close()
            with ours:
                ours.settimeout(30)
                first = ours.recv(1)
                assert first == b"L", (first + ours.recv(1 << 16)).decode()
                seen = _status(pid)
                assert seen["Seccomp"] == "2", "the lock is not in force"
                ours.sendall(b"G")
                value = json.loads(_everything(ours) or b"null")
            _, status = os.waitpid(pid, 0)
        finally:
            if status is None:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        assert not (isinstance(value, dict) and "broke" in value), value["broke"]
        return Ended(value, status, seen)

    def _child(
        self, fd: int, body: Callable[..., object], policy: lockdown.Policy, parent: int
    ) -> None:
        try:
            if self.ordinary:
                become_ordinary()
            elif ROOT:
                os.setgroups([NOBODY])
            syscalls.prctl(4, 1)  # PR_SET_DUMPABLE, as it is for who never was another user
            lockdown.lock(PREPARED, policy, fd, parent)
            os.write(fd, b"L")
            os.read(fd, 1)
            os.write(fd, json.dumps(body()).encode())
        except BaseException as error:
            os.write(fd, json.dumps({"broke": repr(error)}).encode())
        finally:
            os._exit(0)


def _everything(sock: socket.socket) -> bytes:
    pieces = []
    while piece := sock.recv(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    seen = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if ROOT:
        seen["cwd"] = os.readlink(f"/proc/{pid}/cwd")
    seen["killed first"] = Path(f"/proc/{pid}/oom_score_adj").read_text().strip()
    seen["owner"] = str(os.stat(f"/proc/{pid}/status").st_uid)
    return seen | {"session": str(os.getsid(pid))}


def raw(name: str, *args: int | bytes) -> str:
    """The same of a system call by its number."""
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    if number < 0:
        return "not on this machine"
    pid = os.getpid()
    answer = refusal(syscalls.call, number, *args)
    if os.getpid() != pid:
        os._exit(1)  # a process that should not have come to be
    return answer


def params(*, bare: bool) -> list[Any]:
    """Every way to lock; `bare` adds the ways without Landlock."""
    users = [(False, "own user"), (True, "ordinary user")]
    rules = [((True, True), "all"), ((False, True), "no scopes")]
    rules += [((False, False), "no Landlock")] if bare else []
    skip = pytest.mark.skipif(not ROOT, reason="only root can become somebody else")
    return [
        pytest.param(Jail(user, *rule), id=f"{who}, {what}", marks=[skip] if user else [])
        for user, who in users
        for rule, what in rules
    ]


@pytest.fixture(params=params(bare=False))
def jail(request: pytest.FixtureRequest) -> Jail:
    """Children for rules that Landlock has a part in."""
    found: Jail = request.param
    return found


@pytest.fixture(params=params(bare=True), scope="module")
def bare(request: pytest.FixtureRequest) -> Jail:
    """Children for rules that must hold without Landlock too."""
    found: Jail = request.param
    return found


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that every user reaches, with `open/book` and `closed/book`, anyone's to write."""
    path = Path(tempfile.mkdtemp(prefix="wxb-shelf-")).resolve()
    for folder in (path, path / "open", path / "closed"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777)
        if folder != path:
            (folder / "book").write_text("words")
            (folder / "book").chmod(0o666)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def stranger() -> Iterator[int]:
    """A process that is none of the child's business."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process.pid
        assert process.poll() is None, "it was reached"
        process.kill()


# --- what the child starts with -----------------------------------------------------------------


def test_the_kernel_says_so(bare: Jail) -> None:
    """Filter in force, no privileges to have or to get, a session of its own, at the root."""
    ended = bare(os.getpid)
    seen = ended.seen
    assert (seen["NoNewPrivs"], seen["Threads"]) == ("1", "1")
    for kind in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
        assert int(seen[kind], 16) == 0
    if ROOT:
        assert seen["Groups"] == ""
        assert int(seen["CapBnd"], 16) == 0 or bare.ordinary
        assert seen["cwd"] == "/"
    assert seen["session"] == str(ended.value)
    assert seen["owner"] == "0"  # root's, whoever runs it: it is not dumpable
    assert seen["killed first"] == "1000"


def test_only_one_descriptor_stays_open(bare: Jail) -> None:
    """Everything else is closed, and the standard three are /dev/null."""
    null = os.stat("/dev/null").st_rdev

    def look() -> list[object]:
        modes = {fd: os.fstat(fd) for fd in range(2000) if refusal(os.fstat, fd) == "allowed"}
        kept = [fd for fd in modes if fd > 2]
        return [
            kept,
            [modes[fd].st_rdev for fd in (0, 1, 2)],
            stat.S_ISSOCK(modes[kept[0]].st_mode),
        ]

    with open(os.devnull) as extra:
        os.dup2(extra.fileno(), 1234)
        try:
            kept, standard, is_socket = bare(look).value
        finally:
            os.close(1234)
    assert len(kept) == 1
    assert standard == [null] * 3
    assert is_socket


def test_environment_is_empty(bare: Jail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    assert bare(lambda: dict(os.environ)).value == {
        "HOME": "/nonexistent",
        "LANG": "C.UTF-8",
        "MKL_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TORCHINDUCTOR_CACHE_DIR": "/",
    }
    LIBC.getenv.restype = ctypes.c_char_p
    assert bare(lambda: LIBC.getenv(b"SECRET")).value is None


def test_signals_are_as_new(bare: Jail) -> None:
    """Handlers and mask of the parent are gone; Ctrl-C is ignored."""
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    try:
        seen = bare(os.getpid).seen
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
    assert int(seen["SigBlk"], 16) == 0
    assert int(seen["SigCgt"], 16) & 0xFFFFFFFF & ~(1 << 31) == 0  # 32, 33: the C library's
    ignored = {n for n in range(1, 32) if int(seen["SigIgn"], 16) >> (n - 1) & 1}
    assert ignored == {signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ}


def test_limits_are_set(bare: Jail) -> None:
    names = ("CORE", "FSIZE", "NOFILE", "MSGQUEUE", "MEMLOCK", "CPU")

    def limits() -> list[tuple[int, int]]:
        return [resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in names]

    *fixed, cpu = bare(limits, cpu=7).value
    assert fixed == [[0, 0], [0, 0], [64, 64], [0, 0], [0, 0]]
    assert cpu[1] == cpu[0] + 1 == 8


# --- files --------------------------------------------------------------------------------------


def test_reads_what_it_may(jail: Jail, shelf: Path) -> None:
    def read() -> list[object]:
        return [(shelf / "open/book").read_text(), os.listdir(shelf / "open")]

    assert jail(read, (str(shelf / "open"),)).value == ["words", ["book"]]
    assert jail((shelf / "open/book").read_text, (str(shelf / "open/book"),)).value == "words"


def test_reads_nothing_else(jail: Jail, shelf: Path) -> None:
    """By its path, through a link, from below, from a descriptor of a folder: refused."""
    (shelf / "open/link").symlink_to(shelf / "closed/book")
    (shelf / "open/tunnel").symlink_to("../closed")

    def read() -> dict[str, str]:
        folder = os.open(shelf / "open", os.O_RDONLY)
        return {
            "plain": refusal(open, shelf / "closed/book"),
            "folder": refusal(os.listdir, shelf / "closed"),
            "parent": refusal(os.listdir, shelf),
            "root": refusal(os.listdir, "/"),
            "link": refusal(open, shelf / "open/link"),
            "tunnel": refusal(open, shelf / "open/tunnel/book"),
            "dots": refusal(open, shelf / "open/../closed/book"),
            "at": refusal(os.open, "../closed/book", os.O_RDONLY, dir_fd=folder),
        }

    assert set(jail(read, (str(shelf / "open"),)).value.values()) == {"EACCES"}


def test_proc_is_closed(jail: Jail, stranger: int) -> None:
    """Nothing of /proc can be read, neither its own nor another's."""
    names = ("mem", "maps", "environ", "status", "fd", "cmdline", "fd/0", "task", "oom_score_adj")
    paths = [f"/proc/{pid}/{name}" for pid in ("self", os.getpid(), stranger) for name in names]

    def read() -> dict[str, str]:
        return {path: refusal(os.open, path, os.O_RDONLY) for path in paths}

    assert set(jail(read).value.values()) <= {"EACCES", "ENOENT"}
    links = [f"/proc/{pid}/{name}" for pid in (os.getpid(), stranger) for name in ("cwd", "exe")]
    assert set(jail(lambda: [refusal(os.readlink, link) for link in links]).value) == {"EACCES"}
    assert jail(lambda: os.readlink("/proc/self/cwd")).value == "/"


def test_writes_nothing(bare: Jail, shelf: Path) -> None:
    """Not even files that anyone may write, in a folder that may be read."""
    book, new = str(shelf / "open/book"), str(shelf / "open/new")
    before = os.stat(book)

    def write() -> dict[str, str]:
        opened = os.open(book, os.O_RDONLY)
        flags = {name: getattr(os, name) for name in ("O_WRONLY", "O_RDWR", "O_TRUNC", "O_APPEND")}
        answers = {name: refusal(os.open, book, flag) for name, flag in flags.items()}
        answers |= {
            "create": refusal(os.open, new, os.O_CREAT | os.O_WRONLY),
            "create to read": refusal(os.open, new, os.O_CREAT),
            "no name": refusal(os.open, str(shelf / "open"), os.O_TMPFILE | os.O_RDWR),
            "python": refusal(open, new, "w"),
            "write": refusal(os.write, opened, b"x"),
            "mapped": refusal(mmap.mmap, opened, 4, mmap.MAP_SHARED, mmap.PROT_WRITE),
            "again": refusal(os.open, f"/proc/self/fd/{opened}", os.O_RDWR),
            "null": refusal(os.open, "/dev/null", os.O_WRONLY),
            "truncate": refusal(os.truncate, book, 0),
            "ftruncate": refusal(os.ftruncate, opened, 0),
            "mkdir": refusal(os.mkdir, new),
            "unlink": refusal(os.unlink, book),
            "rename": refusal(os.rename, book, new),
            "link": refusal(os.link, book, new),
            "symlink": refusal(os.symlink, book, new),
            "fifo": refusal(os.mkfifo, new),
            "chmod": refusal(os.chmod, book, 0),
            "fchmod": refusal(os.fchmod, opened, 0),
            "chown": refusal(os.chown, book, NOBODY, NOBODY),
            "utime": refusal(os.utime, book, (0, 0)),
            "setxattr": refusal(os.setxattr, book, "user.wxb", b"x"),
        }
        return answers

    answers = bare(write, (str(shelf),)).value
    assert answers.pop("write") == "EBADF"
    assert set(answers.values()) <= {"EPERM", "EACCES"}, answers
    assert os.listdir(shelf / "open") == ["book"]
    after = os.stat(book)
    assert (after.st_size, after.st_mode, after.st_mtime_ns, after.st_uid) == (
        before.st_size, before.st_mode, before.st_mtime_ns, before.st_uid
    )  # fmt: skip


# --- calls ---------------------------------------------------------------------------------------

_FORK = int(signal.SIGCHLD)
_SPACE = bytes(256)
_NAME = b"/nonexistent\0"

# Each with arguments that would do no harm if it were let through.
CALLS: dict[str, tuple[int | bytes, ...]] = {
    # other processes
    "kill": ("PARENT", 0), "tkill": ("PARENT", 0), "tgkill": ("PARENT", "PARENT", 0),
    "rt_sigqueueinfo": ("PARENT", 0, _SPACE), "rt_tgsigqueueinfo": ("PARENT", "PARENT", 0, _SPACE),
    "pidfd_open": ("PARENT", 0), "pidfd_send_signal": (0, 0, 0, 0), "pidfd_getfd": (0, 0, 0),
    "ptrace": (16, "PARENT", 0, 0), "process_vm_readv": ("PARENT", _SPACE, 1, _SPACE, 1, 0),
    "process_vm_writev": ("PARENT", _SPACE, 1, _SPACE, 1, 0), "process_madvise": (0, 0, 0, 0, 0),
    "kcmp": ("PARENT", "PARENT", 2, 0, 0), "prlimit64": ("PARENT", 7, 0, _SPACE),
    "prlimit64 to set": (0, 7, _SPACE, 0), "setrlimit": (7, _SPACE),
    "sched_setaffinity": (0, 8, _SPACE), "sched_setscheduler": (0, 0, _SPACE),
    "setpriority": (0, 0, 19), "setsid": (), "setpgid": (0, 0), "wait4": (-1, 0, 1, 0),
    # new processes
    "clone": (_FORK, 0, 0, 0, 0), "fork": (), "execve": (_NAME, 0, 0),
    "execveat": (-1, _NAME, 0, 0, 0), "unshare": (0x10000000,), "setns": (0, 0),
    # signals by other ways
    "fcntl F_SETOWN": ("FD", 8, "PARENT"), "fcntl F_SETOWN_EX": ("FD", 15, _SPACE),
    "fcntl F_SETSIG": ("FD", 10, 9), "fcntl F_SETFL O_ASYNC": ("FD", 4, 0o20000),
    "fcntl F_SETLEASE": ("FD", 1024, 0), "fcntl F_NOTIFY": ("FD", 1026, 1),
    "fcntl F_SETLK": ("FD", 6, _SPACE), "fcntl F_OFD_SETLK": ("FD", 37, _SPACE),
    "fcntl F_SETPIPE_SZ": ("FD", 1031, 1 << 20), "ioctl FIOASYNC": ("FD", 0x5452, _SPACE),
    "ioctl FIOSETOWN": ("FD", 0x8901, _SPACE), "ioctl TIOCSTI": (0, 0x5412, _SPACE),
    "ioctl SIOCGIFCONF": ("FD", 0x8912, _SPACE), "timer_create": (0, _SPACE, _SPACE),
    "setitimer": (0, _SPACE, 0), "mq_notify": (0, 0),
    # sockets, also the one that it holds
    "socket": (1, 1, 0), "socket inet": (2, 1, 0), "socket netlink": (16, 3, 0),
    "socketpair": (1, 1, 0, _SPACE), "connect": ("FD", _SPACE, 110), "bind": ("FD", _SPACE, 110),
    "listen": ("FD", 1), "accept4": ("FD", 0, 0, 0), "sendto": ("FD", _SPACE, 1, 0, 0, 0),
    "sendmsg": ("FD", _SPACE, 0), "sendmmsg": ("FD", _SPACE, 0, 0), "recvmsg": ("FD", _SPACE, 0),
    "recvfrom": ("FD", _SPACE, 1, 0x40, 0, 0), "getsockopt": ("FD", 1, 17, _SPACE, _SPACE),
    "setsockopt": ("FD", 1, 8, _SPACE, 4), "shutdown": ("FD", 2),
    # memory that is not its own, or that no limit counts
    "shmget": (0x77786231, 1, 0), "shmat": (0, 0, 0), "msgget": (0x77786231, 0),
    "semget": (0x77786231, 1, 0), "mq_open": (_NAME, 0, 0, 0), "memfd_create": (_NAME, 0),
    "memfd_secret": (0,), "pipe2": (_SPACE, 0), "eventfd2": (0, 0), "epoll_create1": (0,),
    "splice": (0, 0, 0, 0, 0, 0), "tee": (0, 0, 0, 0), "vmsplice": (0, 0, 0, 0),
    "sendfile": ("FD", 0, 0, 0), "copy_file_range": (0, 0, 0, 0, 0, 0), "mlock": (0, 0),
    # privileges
    "setuid": (0,), "setgid": (0,), "setresuid": (0, 0, 0), "setfsuid": (0,),
    "setgroups": (0, 0), "capset": (_SPACE, _SPACE), "personality": (0xFFFFFFFF,),
    "prctl PR_SET_DUMPABLE": (4, 1, 0, 0, 0), "prctl PR_SET_PDEATHSIG": (1, 0, 0, 0, 0),
    "prctl PR_SET_CHILD_SUBREAPER": (36, 1, 0, 0, 0), "prctl PR_SET_PTRACER": (0x59616D61, -1),
    "seccomp": (2, 0, 0), "landlock_create_ruleset": (0, 0, 1), "landlock_restrict_self": (-1, 0),
    "keyctl": (0, -3, 0), "add_key": (_NAME, _NAME, 0, 0, -3), "request_key": (_NAME, _NAME, 0, 0),
    # the system
    "mount": (0, _NAME, 0, 0, 0), "umount2": (_NAME, 0), "pivot_root": (_NAME, _NAME),
    "chroot": (_NAME,), "chdir": (b"/\0",), "fchdir": (0,), "umask": (0,), "reboot": (0, 0, 0, 0),
    "io_uring_setup": (1, _SPACE), "io_setup": (1, _SPACE), "bpf": (0, _SPACE, 8),
    "perf_event_open": (_SPACE, 0, -1, -1, 0), "userfaultfd": (1,), "inotify_init1": (0,),
    "fanotify_init": (0, 0), "name_to_handle_at": (-100, b"/\0", _SPACE, _SPACE, 0),
    "open_by_handle_at": (-100, _SPACE, 0), "quotactl": (0, 0, 0, 0), "syslog": (10, 0, 0),
    "init_module": (0, 0, _NAME), "swapon": (_NAME, 0), "acct": (_NAME,), "sync": (),
    "settimeofday": (0, 0), "clock_settime": (99, _SPACE), "sethostname": (_NAME, -1),
    "setxattr": (_NAME, _NAME, 0, 0, 0), "utimensat": (-100, _NAME, 0, 0),
    "fallocate": (0, 0, 0, 0), "mknodat": (-100, _NAME, 0o100600, 0),
}  # fmt: skip

_ANSWERS: dict[Jail, dict[str, str]] = {}


@pytest.fixture
def answers(bare: Jail) -> dict[str, str]:
    """What a child of this kind is told for each of CALLS; asked once."""
    if bare not in _ANSWERS:
        parent = os.getpid()

        def ask() -> dict[str, str]:
            fd = next(fd for fd in range(3, 1000) if refusal(os.fstat, fd) == "allowed")
            stand_ins = {"PARENT": parent, "FD": fd}
            return {
                label: raw(label.partition(" ")[0], *(stand_ins.get(a, a) for a in args))
                for label, args in CALLS.items()
            }

        _ANSWERS[bare] = bare(ask).value
    return _ANSWERS[bare]


@pytest.mark.parametrize("call", CALLS)
def test_refused(answers: dict[str, str], call: str) -> None:
    if answers[call] == "not on this machine":
        pytest.skip(f"{call} is not on this machine")
    assert answers[call] == "EPERM"


def test_not_there(bare: Jail) -> None:
    """Libraries fall back where a newer call is not there; O_PATH is refused as a file would be."""
    assert bare(lambda: raw("clone3", _SPACE, 88)).value == "ENOSYS"
    assert bare(lambda: raw("openat2", -100, b"/\0", _SPACE, 24)).value == "ENOSYS"
    assert bare(lambda: refusal(os.open, "/", os.O_PATH)).value == "EACCES"


def test_python_starts_no_process(bare: Jail) -> None:
    def start() -> list[str]:
        spawn = lambda: os.posix_spawn("/bin/true", ["true"], {})  # noqa: E731
        return [refusal(os.fork), refusal(spawn), refusal(subprocess.Popen, "true", shell=True)]

    assert set(bare(start).value) == {"EPERM"}


def test_reaches_no_socket(bare: Jail) -> None:
    """An abstract socket needs no file, a port no name: there is nothing to connect with."""
    name = f"\0wxb-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as abstract, socket.create_server(("127.0.0.1", 0)) as tcp:
        abstract.bind(name)
        abstract.listen()
        address = tcp.getsockname()
        assert set(bare(lambda: _connect(name, address)).value) == {"EPERM"}


def _connect(name: str, address: tuple[str, int]) -> list[str]:
    def connect(family: int, to: object) -> None:
        with socket.socket(family) as sock:
            sock.connect(to)  # type: ignore[arg-type]

    return [refusal(connect, socket.AF_UNIX, name), refusal(connect, socket.AF_INET, address)]


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="other calling conventions of x86_64")
def test_other_calling_conventions_kill(bare: Jail) -> None:
    assert bare(lambda: syscalls.call(0x40000000 | 39)).signal == signal.SIGSYS  # x32 getpid

    def interrupt() -> int:
        code = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20; int 0x80; ret: 32-bit getpid
        page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE | 4)
        page.write(code)
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        return int(ctypes.CFUNCTYPE(ctypes.c_int)(address)())

    assert bare(interrupt).signal in (signal.SIGSYS, signal.SIGSEGV)  # no 32-bit calls: SEGV


# --- what must still work -----------------------------------------------------------------------


def test_threads_start(bare: Jail) -> None:
    def work() -> list[int]:
        done: list[int] = []
        threads = [threading.Thread(target=done.append, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(done)

    assert bare(work).value == list(range(8))


def test_may_end_itself(bare: Jail) -> None:
    """abort() works, and leaves no core: PR_SET_DUMPABLE and RLIMIT_CORE."""
    ended = bare(os.abort)
    assert ended.signal == signal.SIGABRT
    assert not os.WCOREDUMP(ended.status)
    crashed = bare(lambda: ctypes.string_at(0))
    assert crashed.signal == signal.SIGSEGV
    assert not os.WCOREDUMP(crashed.status)


def test_may_ask_about_itself(bare: Jail) -> None:
    def ask() -> list[object]:
        time.sleep(0.001)
        return [
            os.getcwd(),
            len(os.urandom(8)),
            os.cpu_count() or 0,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0,
            raw("tgkill", os.getpid(), threading.get_native_id(), 0),
        ]

    cwd, random, processors, resident, itself = bare(ask).value
    assert (cwd, random, resident, itself) == ("/", 8, True, "allowed")
    assert processors > 0


# --- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize("flags", [mmap.MAP_PRIVATE, mmap.MAP_SHARED], ids=["private", "shared"])
def test_memory_is_bounded(bare: Jail, flags: int) -> None:
    def take() -> list[str]:
        anonymous = flags | mmap.MAP_ANONYMOUS
        some = mmap.mmap(-1, 32 << 20, anonymous)
        return ["some", str(len(some)), refusal(mmap.mmap, -1, 80 << 20, anonymous)]

    assert bare(take, memory=100 << 20).value == ["some", str(32 << 20), "ENOMEM"]


def test_memory_runs_out_as_an_exception(bare: Jail) -> None:
    def take() -> str:
        try:
            return str(len(bytearray(200 << 20)))
        except MemoryError:
            return "MemoryError"

    assert bare(take, memory=100 << 20).value == "MemoryError"


@pytest.mark.parametrize(
    ("stubborn", "ends"), [(False, signal.SIGXCPU), (True, signal.SIGKILL)]
)  # fmt: skip
def test_processor_time_is_bounded(stubborn: bool, ends: int) -> None:
    """One second of work ends a loop; a second later so does whoever ignores that."""

    def burn() -> None:
        if stubborn:
            signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True:
            pass

    assert Jail(ordinary=False)(burn, cpu=1).signal == ends


def test_dies_with_its_parent(bare: Jail) -> None:
    """A locked child whose parent is killed is killed with it."""
    ours, theirs = socket.socketpair()
    subreaper = 36  # PR_SET_CHILD_SUBREAPER: the orphan is handed to us, who can wait for it
    syscalls.prctl(subreaper, 1)
    try:
        middle = os.fork()
        if not middle:
            _parent_of_sleeper(bare, theirs)
        theirs.close()
        ours.settimeout(20)
        orphan = int(ours.recv(64))
        os.kill(middle, signal.SIGKILL)
        assert os.waitpid(middle, 0)[1] == signal.SIGKILL
        assert os.waitpid(orphan, 0)[1] == signal.SIGKILL
        assert ours.recv(1) == b""
    finally:
        syscalls.prctl(subreaper, 0)
        ours.close()


def _parent_of_sleeper(jail: Jail, sock: socket.socket) -> None:
    """Body of a process that forks a locked child, and waits; both die if anything goes wrong."""
    signal.alarm(30)
    parent = os.getpid()
    if os.fork():
        while True:
            signal.pause()
    try:
        if jail.ordinary:
            become_ordinary()
        policy = lockdown.Policy((), GIB, 5, jail.scopes, jail.landlock)
        lockdown.lock(PREPARED, policy, sock.fileno(), parent)
        os.write(sock.fileno(), str(os.getpid()).encode())
        time.sleep(30)
    finally:
        os._exit(1)
