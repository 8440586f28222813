"""What allauth says, in our words: what is wrong, the fact, what to do."""

from __future__ import annotations

ERRORS = {
    "account_inactive": "这个账户已停用。如需恢复，请联系组委会。",
    "duplicate_email": "这就是您现在的邮箱，不需要更换。",
    "email_password_mismatch": "邮箱或密码不对，请核对后重试，或改用验证码登录。",
    "phone_password_mismatch": "手机号或密码不对，请核对后重试，或改用验证码登录。",
    "username_password_mismatch": "账号或密码不对，请核对后重试，或改用验证码登录。",
    "email_taken": "这个邮箱已用于另一个账户，请换一个邮箱，或用它直接登录。",
    "phone_taken": "这个手机号已用于另一个账户，请换一个号码，或用它直接登录。",
    "enter_current_password": "当前密码不对，请重新输入。",
    "incorrect_code": "验证码不对，请核对最近收到的一条。",
    "incorrect_password": "密码不对，请重新输入。",
    "invalid_login": "请填写邮箱或手机号。",
    "too_many_login_attempts": "尝试次数太多，请过 5 分钟再试，或改用验证码登录。",
    "same_as_current": "与现在的相同，请填写新的号码。",
    "select_only_one": "邮箱和手机号只填一项。",
    "rate_limited": "验证码发送太频繁，请过 1 分钟再试。",
}

TWO_STEP_ERRORS = {
    "incorrect_code": "动态码或备用码不对，请看身份验证器现在显示的 6 位数字。",
    "cannot_delete_authenticator": "工作人员登录须使用两步验证，不能关闭。更换手机时，请用备用码登录后联系组委会重置。",
    "cannot_generate_recovery_codes": "开启两步验证后才能生成备用码。",
}

MESSAGES = {
    "account/messages/logged_out.txt": "已退出登录。",
    "account/messages/email_confirmed.txt": "邮箱已验证。",
    "account/messages/email_confirmation_failed.txt": "这个邮箱已用于另一个账户，请换一个邮箱。",
    "account/messages/phone_verified.txt": "手机号已验证。",
    "account/messages/password_set.txt": "密码已设置。",
    "account/messages/password_changed.txt": "密码已更换。",
    "mfa/messages/totp_activated.txt": "两步验证已开启。",
    "mfa/messages/totp_deactivated.txt": "两步验证已关闭。",
    "mfa/messages/recovery_codes_generated.txt": "已生成一组新的备用码，旧的作废。",
}
