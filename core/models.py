"""Models of the rooms of `core`, gathered where Django looks for them."""

from core.audit.models import AuditDetail, AuditEntry, AuditSeal
from core.outbox.models import Message
from core.throttle.models import Bucket

__all__ = ["AuditDetail", "AuditEntry", "AuditSeal", "Bucket", "Message"]
