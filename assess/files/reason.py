"""Why the system refused a file, in the words of people: one table for everything that is read or written."""

from __future__ import annotations

import errno

from assess.core.message import Message, message

_REASONS = {
    errno.EACCES: message("permission is missing"),
    errno.EPERM: message("permission is missing"),
    errno.EROFS: message("this disk can only be read"),
    errno.ENOSPC: message("the disk is full"),
    errno.EDQUOT: message("your share of the disk is full"),
    errno.EIO: message("the disk reports a fault"),
    errno.ENOENT: message("there is no such file or folder"),
    errno.EBUSY: message("something else is using this place"),
    errno.EEXIST: message("something else has this name already"),
    errno.EISDIR: message("this is a folder"),
    errno.ENOTDIR: message("a file stands where a folder should be"),
    errno.ENXIO: message("this is no file"),
    errno.ELOOP: message("the links here lead in a circle"),
    errno.ENAMETOOLONG: message("the name is too long"),
    errno.EMFILE: message("too many files are open; close some programs"),
    errno.ENFILE: message("too many files are open; close some programs"),
    errno.ESTALE: message("the network folder does not answer"),
    errno.ETIMEDOUT: message("the network folder does not answer"),
}


def reason(error: OSError) -> Message:
    """What stood in the way; what the system says where it is none of the common reasons.

    >>> str(reason(PermissionError(errno.EACCES, "Permission denied")))
    'permission is missing'
    """
    said = error.strerror or str(error) or type(error).__name__
    return _REASONS.get(error.errno or 0) or Message("{reason}", {"reason": said})
