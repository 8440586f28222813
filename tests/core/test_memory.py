"""A process remembers little and forgets on demand."""

from core.memory import Memory, forget_everything


def test_a_value_is_built_once_until_forgotten() -> None:
    memory, built = Memory(), []
    for _ in range(2):
        assert memory.recall("a", lambda: built.append(1) or "value") == "value"
    forget_everything()
    memory.recall("a", lambda: built.append(1) or "value")
    assert len(built) == 2


def test_the_oldest_value_makes_room() -> None:
    memory = Memory(size=2)
    for key in "abc":
        memory.put(key, key)
    assert [memory.get(key) for key in "abc"] == [None, "b", "c"]
