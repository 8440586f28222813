"""People who sign in: by e-mail or mobile code, or with a password."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q

from core.public_id import new_public_id

if TYPE_CHECKING:
    from accounts.models.power import PowerSession


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, email: str | None = None, mobile: str | None = None, password: str | None = None, **fields: Any) -> User:
        """A person reachable by `email` (canonical) or `mobile` (E.164); without a password only codes sign in."""
        user = self.model(email=email or None, mobile=mobile or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=username)

    def create_superuser(self, *, email: str, password: str, **fields: Any) -> User:
        """Made at the server's command line: whoever stands there vouches for the address."""
        email = self.normalize_email(email).lower()
        return self.create_user(
            email=email, password=password, email_verified=True, is_staff=True, is_superuser=True, **fields
        )


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do comes from memberships and roles, not from flags here."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField("姓名", max_length=60, blank=True)
    email = models.EmailField("邮箱", unique=True, null=True, blank=True)
    email_verified = models.BooleanField("邮箱已验证", default=False)
    mobile = models.CharField("手机号", max_length=20, unique=True, null=True, blank=True)
    mobile_verified = models.BooleanField("手机号已验证", default=False)
    is_active = models.BooleanField("启用", default=True)
    is_staff = models.BooleanField("系统管理员", default=False)
    is_demo = models.BooleanField("演示账户", default=False)
    joined_at = models.DateTimeField("注册时间", null=True, blank=True)
    second_factor_reset_at = models.DateTimeField("两步验证重置时间", null=True, blank=True)

    power: PowerSession | None = None
    """The administrator's session of the present request (accounts.middleware); nowhere else is there one."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        constraints = [
            models.CheckConstraint(
                name="accounts_user_reachable",
                condition=Q(email__isnull=False) | Q(mobile__isnull=False),
                violation_error_message="邮箱和手机号至少填写一项。",
            )
        ]

    def __str__(self) -> str:
        return self.actor_label

    @property
    def actor_code(self) -> str:
        return self.public_id

    @property
    def actor_label(self) -> str:
        return self.name or self.email or self.mobile or self.public_id

    def get_full_name(self) -> str:
        return self.actor_label

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """By roles and memberships; a system administrator's flag counts only in a session opened for it (PowerSession)."""
        if not self.is_active:
            return False
        return self.power is not None or any(backend.has_perm(self, perm, obj) for backend in auth.get_backends())

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.power is not None

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with a reset of the second factor: either ends every session of the person."""
        return self._hash_with_reset(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        yield from (self._hash_with_reset(one) for one in super().get_session_auth_fallback_hash())

    def _hash_with_reset(self, plain: str) -> str:
        return f"{plain}:{self.second_factor_reset_at.isoformat()}" if self.second_factor_reset_at else plain
