"""What ties a person to a tag, kept apart so that it can be destroyed."""

from __future__ import annotations

from django.db import models

from competitions.models import Edition


class CampaignKey(models.Model):
    """The edition's random voter key, wrapped by a key from the environment. Destroying the row makes tags anonymous."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="campaign_key", primary_key=True)
    wrapped = models.TextField()
    created_at = models.DateTimeField()


class VoterIdentity(models.Model):
    """HMAC of a WeChat openid or a mobile number, bound to a tag. Plain devices have none."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="voter_identities")
    level = models.PositiveSmallIntegerField()
    identity = models.CharField(max_length=64)
    voter_tag = models.CharField(max_length=32)
    bound_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="voting_voteridentity_once", fields=["edition", "identity"])]
