"""Runs one program in namespaces of its own: its own processes, its own few folders, no network unless it is left open.

Run as a program of its own: the orders, one JSON object, are the first argument. It ends as the program ended. The
first process of the namespace stays in between; the system kills all others in it when that one ends, and that one
ends with its parent, so that nothing can outlive a run, whatever it does.

It imports nothing of this package: it is started by its path, and has to start fast. Orders without a command only
try whether the system allows all this.
"""

from __future__ import annotations

import ctypes
import fcntl
import glob
import json
import os
import platform
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

SYSTEM: Final = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc",
    "/opt",
    "/nix/store",
    "/gnu/store",
    "/sys",
)
"""What a program sees of the machine, besides what the orders show. Homes, /run, /tmp and /var are not among it."""

_DEVICES: Final = ("null", "zero", "full", "random", "urandom")
_ACCELERATORS: Final = ("nvidia*", "dri", "kfd", "accel*", "davinci*", "devmm_svm", "hisi_hdc", "dxg")
_LINKS: Final = {"fd": "", "stdin": "/0", "stdout": "/1", "stderr": "/2"}

_NEWNS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x08000000, 0x10000000, 0x20000000, 0x40000000
_NOSUID, _NODEV, _NOEXEC, _BIND, _REC, _PRIVATE = 2, 4, 8, 0x1000, 0x4000, 0x40000
_ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4
_AT_FDCWD, _AT_RECURSIVE, _MNT_DETACH = -100, 0x8000, 2
_SYS_MOUNT_SETATTR: Final = 442
_SYS_PIVOT_ROOT: Final = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "loongarch64": 41, "ppc64le": 203, "s390x": 217}
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 24, 38
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1

_libc: Final = ctypes.CDLL(None, use_errno=True)


def main() -> NoReturn:
    """Follow the orders, and end as the program ended; with status 125 where the system did not allow it."""
    orders = json.loads(sys.argv[1])
    try:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _leave(network=orders["closed"], files=orders["files"])
        hears, tells = os.pipe()
        first = os.fork()
        if first == 0:
            _be_first(orders, tells)
        os.close(tells)
        _let_go_of_streams()
        said = os.read(hears, 16)
        os.waitpid(first, 0)
    except OSError as error:
        _refuse(error)
    _end_like(int(said or 125 << 8))


def _leave(*, network: bool, files: bool) -> None:
    """Move this process, and those that it will start, into namespaces of their own."""
    user, group = os.geteuid(), os.getegid()
    flags = _NEWUSER | _NEWPID | _NEWIPC | (_NEWNET if network else 0) | (_NEWNS if files else 0)
    _check(_libc.unshare(flags))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    if network:
        _open_loopback()


def _open_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        layout = "16sH22x"
        asked = fcntl.ioctl(any_socket, _SIOCGIFFLAGS, struct.pack(layout, b"lo", 0))
        flags = struct.unpack(layout, asked)[1] | _IFF_UP
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack(layout, b"lo", flags))


def _be_first(orders: Mapping[str, Any], tells: int) -> NoReturn:
    """Be the first process of the namespace, and tell how the program ended."""
    try:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os.setsid()
        if orders["files"]:
            _enclose_files(orders["folder"], orders["shows"], orders["mebibytes"])
        status = _run(orders) if orders["command"] else 0
        os.write(tells, str(status).encode())
    except BaseException as error:
        _refuse(error)
    os._exit(0)


def _run(orders: Mapping[str, Any]) -> int:
    """Start the program, and bury whatever ends, until it ends itself: its status, as the system has it."""
    program = os.fork()
    if program == 0:
        _become(orders)
    _let_go_of_streams()
    while True:
        process, status = os.wait()
        if process == program:
            return status


def _become(orders: Mapping[str, Any]) -> NoReturn:
    """Give up every right that the namespace gave, and become the program."""
    os.setsid()
    right = 0
    while _libc.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0) == 0:
        right += 1
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, and what is ignored stays so
        signal.signal(number, signal.SIG_DFL)
    command = orders["command"]
    os.chdir(os.path.join(orders["folder"], "work"))
    os.execve(command[0], command, orders["environment"])  # noqa: S606 - no shell is what is wanted


def _enclose_files(folder: str, shows: list[str], mebibytes: int) -> None:
    """Leave this process nothing but the system's folders and those shown, to read, and one to write: its ``work``.

    What is not there cannot be reached by name, sockets included. /tmp and /dev/shm are small, and of memory.
    """
    _mount(None, "/", None, _REC | _PRIVATE)
    links = {path: os.readlink(path) for path in SYSTEM if os.path.islink(path)}
    wanted = (*SYSTEM, *sorted(shows, key=len), f"{folder}/program", f"{folder}/work")
    held = {path: os.open(path, os.O_PATH) for path in wanted if path not in links and os.path.exists(path)}
    devices = {path: os.open(path, os.O_PATH) for path in _devices()}
    # The new root is laid over the run's folder. What is below that was opened before, and is bound from there.
    root = folder
    _mount("tmpfs", root, "tmpfs", _NOSUID | _NODEV, "mode=755,size=16m")
    _memory_folder(f"{root}/tmp", 256)  # noqa: S108 - it is not that of the machine
    for path, target in links.items():
        os.symlink(target, f"{root}{path}")
    for path, source in held.items():
        _bind(source, f"{root}{path}", _ATTR_NOSUID | _ATTR_NODEV | (0 if path == f"{folder}/work" else _ATTR_RDONLY))
    for path, source in devices.items():
        _bind(source, f"{root}{path}", _ATTR_NOSUID)
    for name, target in _LINKS.items():
        os.symlink(f"/proc/self/fd{target}", f"{root}/dev/{name}")
    _memory_folder(f"{root}/dev/shm", max(16, mebibytes // 2))  # noqa: S108
    _show_processes(f"{root}/proc")
    os.chdir(root)
    _check(_libc.syscall(_SYS_PIVOT_ROOT[platform.machine()], b".", b"."))
    _check(_libc.umount2(b".", _MNT_DETACH))
    os.chdir("/")
    _limit("/", _ATTR_RDONLY, recursive=False)


def _show_processes(target: str) -> None:
    """Mount /proc: that of the namespace, or where a container forbids it, the one that is there; nobody may write."""
    os.mkdir(target)
    try:
        _mount("proc", target, "proc", _NOSUID | _NODEV | _NOEXEC)
    except OSError:
        _mount("/proc", target, None, _BIND | _REC)
    _limit(target, _ATTR_RDONLY | _ATTR_NOSUID)


def _devices() -> list[str]:
    found = [path for pattern in _ACCELERATORS for path in sorted(glob.glob(f"/dev/{pattern}"))]
    return [f"/dev/{name}" for name in _DEVICES] + found


def _memory_folder(target: str, mebibytes: int) -> None:
    os.makedirs(target)
    _mount("tmpfs", target, "tmpfs", _NOSUID | _NODEV, f"mode=1777,size={mebibytes}m")


def _bind(source: int, target: str, attributes: int) -> None:
    """Let what `source` has open appear at `target`."""
    if os.path.isdir(f"/proc/self/fd/{source}"):
        os.makedirs(target, exist_ok=True)
    elif not os.path.lexists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).touch()
    _mount(f"/proc/self/fd/{source}", target, None, _BIND | _REC)
    _limit(target, attributes)
    os.close(source)


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    texts = [text if text is None else text.encode() for text in (source, target, kind, options)]
    _check(_libc.mount(*texts[:3], ctypes.c_ulong(flags), texts[3]))


def _limit(target: str, attributes: int, *, recursive: bool = True) -> None:
    """Set attributes of a mount, and of those below it."""
    wanted = struct.pack("=QQQQ", attributes, 0, 0, 0)
    depth = _AT_RECURSIVE if recursive else 0
    _check(_libc.syscall(_SYS_MOUNT_SETATTR, _AT_FDCWD, target.encode(), depth, wanted, ctypes.c_size_t(len(wanted))))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _let_go_of_streams() -> None:
    """Close what the program prints to, so that its end is seen by who reads it."""
    os.closerange(0, 3)


def _refuse(error: BaseException) -> NoReturn:
    try:
        os.write(2, f"could not be closed off: {error}\n".encode())
    finally:
        os._exit(125)


def _end_like(status: int) -> NoReturn:
    """End by the signal, or with the status, with which the program ended."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
