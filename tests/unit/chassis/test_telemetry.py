from chassis.telemetry import named


def test_an_error_that_says_nothing_is_named_without_an_empty_reason() -> None:
    assert named(TimeoutError()) == "TimeoutError"
    assert named(OSError("no\n  such host")) == "OSError: no such host"
