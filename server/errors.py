"""What can go wrong on purpose: each problem is one class, rendered as RFC 9457 by the web and as one line by the CLI."""


class Problem(Exception):
    """`detail` is for a person at the counter and never holds mail text, names or a vendor's body."""

    status = 500
    slug = "internal"
    title = "Er ging iets mis / Something went wrong"

    def __init__(self, detail: str = "", *, retryable: bool = False, retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retryable = retryable
        self.retry_after = retry_after


class NotAMail(Problem):
    """The file is missing, empty or not an RFC 5322 message."""

    status, slug, title = 422, "not-a-mail", "This is not a mail"


class TooLarge(Problem):
    """The mail or request is larger than we read (25 MB)."""

    status, slug, title = 413, "too-large", "Too large"


class Unauthorized(Problem):
    """No, expired or foreign credentials. Nothing was fetched."""

    status, slug, title = 401, "unauthorized", "Not signed in"


class Forbidden(Problem):
    """Signed in, but this role or organisation may not do this."""

    status, slug, title = 403, "forbidden", "Not allowed"


class NotFound(Problem):
    """No such thing, or not this pharmacy's."""

    status, slug, title = 404, "not-found", "Not found"


class Conflict(Problem):
    """The thing changed meanwhile, or this key was used for another request."""

    status, slug, title = 409, "conflict", "Conflict"


class InvalidRequest(Problem):
    """The request does not fit its schema."""

    status, slug, title = 422, "invalid-request", "Invalid request"


class ConnectorFailed(Problem):
    """A system behind us (mailbox, pharmacy system) does not answer or refuses."""

    status, slug, title = 502, "connector-failed", "A connected system does not answer"


class ModelUnavailable(Problem):
    """The language model is down, slow, refusing or unintelligible. `reason` is a short word for the pane and audit:
    "timeout", "refused", "malformed", "cut_off", "empty", "rate_limited", "down"."""

    status, slug, title = 503, "model-unavailable", "The language model does not answer"

    def __init__(self, reason: str = "down") -> None:
        super().__init__(reason)
        self.reason = reason


class StoreBusy(Problem):
    """Our own database is locked by others for too long, full, or out of reach. Trying again may help."""

    status, slug, title = 503, "store-busy", "The database is busy"

    def __init__(self, detail: str = "the database is locked, full or out of reach; try again") -> None:
        super().__init__(detail, retryable=True)


class AuditUnavailable(Problem):
    """The audit cannot be written, so nothing personal leaves."""

    status, slug, title = 503, "audit-unavailable", "The log cannot be written"


class Erased(NotFound):
    """The person it concerned was erased: what was kept of them can never be read again."""

    status, slug, title = 410, "erased", "Erased"


class VaultFailed(Problem):
    """A sealed value cannot be opened: the key ring lacks its key, or the stored bytes were changed."""

    status, slug, title = 500, "vault-failed", "Stored data cannot be opened"


class InvalidContent(Problem):
    """A content file (intent, trigger, statement) does not fit its schema; says which file and what."""

    status, slug, title = 422, "invalid-content", "Invalid content"


class InvalidRecords(Problem):
    """A PMS file does not fit the format; says where, never whose."""

    status, slug, title = 422, "invalid-records", "Invalid records file"
