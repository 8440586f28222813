"""The shape of a page of slides."""


def is_wide(width: int | str, height: int | str) -> bool:
    """Whether a page is 16:9, give or take one part in a hundred."""
    across, down = int(width) * 9, int(height) * 16
    return down > 0 and abs(across - down) * 100 <= down


def shape_of(width: int | str, height: int | str) -> str:
    """The shape for people: 4:3, 16:10, else 宽 1.41:1 by hundredths."""
    wide, high = int(width), int(height)
    for across, down in ((4, 3), (16, 10), (3, 4), (1, 1)):
        if abs(wide * down - high * across) * 100 <= high * across:
            return f"{across}:{down}"
    hundredths = wide * 100 // high if high else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}:1"
