"""What the running program counts, for Prometheus. Each program has a registry of its own."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage.store import AlertState
from storage.traffic import Outbox

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 40)


class Metrics:
    """Counters that delivery and intake keep up, and gauges read from the outbox when asked for."""

    def __init__(self) -> None:
        self.registry = kept = CollectorRegistry()
        self._sent = Counter(
            "paperboy_alerts_sent", "Alerts that Telegram confirmed", registry=kept
        )
        self._retried = Counter(
            "paperboy_alerts_retried", "Attempts to be repeated", ["reason"], registry=kept
        )
        self._failed = Counter(
            "paperboy_alerts_failed", "Alerts that ended unsent", ["reason"], registry=kept
        )
        self._seconds = Histogram(
            "paperboy_send_seconds", "From attempt to answer", buckets=_SECONDS, registry=kept
        )
        self._alerts = Gauge("paperboy_alerts", "Alerts in the outbox", ["state"], registry=kept)
        self._due = Gauge("paperboy_alerts_due", "Alerts that are due", registry=kept)
        self._oldest = Gauge(
            "paperboy_oldest_due_seconds", "Age of the oldest due alert", registry=kept
        )
        self._handled = Counter("paperboy_updates_handled", "Updates handled", registry=kept)
        self._refused = Counter("paperboy_updates_refused", "Updates set aside", registry=kept)
        self.last_progress = self.last_poll = time.monotonic()

    def sent(self, seconds: float) -> None:
        """An alert was confirmed, `seconds` after the attempt began."""
        self._sent.inc()
        self._seconds.observe(seconds)
        self.last_progress = time.monotonic()

    def retried(self, error: Exception) -> None:
        """An attempt failed and will be repeated."""
        self._retried.labels(type(error).__name__).inc()

    def failed(self, error: Exception) -> None:
        """An alert ended unsent: that, too, is progress."""
        self._failed.labels(type(error).__name__).inc()
        self.last_progress = time.monotonic()

    def polled(self, refused: int) -> None:
        """Telegram answered, with so many updates that can't be read."""
        self._refused.inc(refused)
        self.last_poll = time.monotonic()

    def handled(self) -> None:
        """An update was handled."""
        self._handled.inc()

    def page(self, outbox: Outbox, lag: float) -> bytes:
        """All of it in Prometheus's text format."""
        for state in AlertState:
            self._alerts.labels(state).set(outbox.states.get(state, 0))
        self._due.set(outbox.due)
        self._oldest.set(lag)
        return generate_latest(self.registry)
