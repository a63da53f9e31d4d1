"""What can go wrong with a back-up, and the exit status that cron sees."""

from tragnetz.core.errors import TragnetzError


class BackupError(TragnetzError):
    """Nothing was written or changed; the text says why and what to do."""

    status = 1


class WrongKeyError(BackupError):
    """The key or passphrase does not open the file, or is not one at all."""

    status = 3


class DamagedError(BackupError):
    """The file is cut, changed or no back-up."""

    status = 4


class TooOldError(BackupError):
    """The file is older than asked for."""

    status = 5
