"""How people sign in: sessions, passwords, codes and two-step verification (allauth)."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "accounts.backends.PasswordBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/my/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# allauth insists on "email*" where mails are confirmed by code. Our sign-up form asks for an address *or* a mobile in one
# field, and accounts.stages lets a person through whose mobile is confirmed. No password is asked for at sign-up.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_ENABLED = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
# The sign-in form itself sends the code when no password is given, so allauth's separate page for it stays off.
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"verify_phone": "1/30s/key,20/m/ip", "change_phone": "5/m/user"}
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.LoginForm",
    "signup": "accounts.forms.sign_up.SignupForm",
    "confirm_login_code": "accounts.forms.codes.LoginCodeForm",
    "confirm_email_verification_code": "accounts.forms.codes.EmailCodeForm",
    "confirm_password_reset_code": "accounts.forms.codes.PasswordResetCodeForm",
    "verify_phone": "accounts.forms.codes.MobileCodeForm",
    "add_email": "accounts.forms.identities.ChangeEmailForm",
    "change_phone": "accounts.forms.identities.ChangeMobileForm",
    "reset_password": "accounts.forms.passwords.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.passwords.NewPasswordForm",
    "change_password": "accounts.forms.passwords.ChangePasswordForm",
    "set_password": "accounts.forms.passwords.SetPasswordForm",
    "reauthenticate": "accounts.forms.passwords.ReauthenticateForm",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "accounts.adapter.TwoStepAdapter"
MFA_TOTP_ISSUER = "江高赛"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a confirmed mobile is enough
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "accounts.forms.codes.TwoStepForm",
    "reauthenticate": "accounts.forms.codes.TwoStepAgainForm",
    "activate_totp": "accounts.forms.codes.ActivateTwoStepForm",
}
POWER_MINUTES = 30  # how long a system administrator's session lasts at most
STAFF_IDLE_MINUTES = 30  # staff who have not done anything for so long are signed out; 0: never
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
