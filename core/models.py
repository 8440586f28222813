"""Models of the rooms of `core`, gathered where Django looks for them."""

from core.audit.models import AuditDetail, AuditEntry, AuditSeal
from core.keyring.models import PlatformKey
from core.outbox.models import Broadcast, Message, MessageSetting
from core.throttle.models import Bucket
from core.uploads.models import UploadSession
from core.webhooks.models import Webhook, WebhookDelivery

__all__ = ["AuditDetail", "AuditEntry", "AuditSeal", "Bucket", "Broadcast", "Message", "MessageSetting", "PlatformKey", "UploadSession", "Webhook", "WebhookDelivery"]
