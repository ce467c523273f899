"""Faults on purpose, switched on by environment variables; see the README for what each does."""

import os
import threading
import time


class Faults:
    """What is to go wrong in this process."""

    def __init__(self, environment=os.environ):
        self.slow_start = float(environment.get("STAND_IN_SLOW_START") or 0)
        self.initialize_failures = int(environment.get("STAND_IN_INITIALIZE_FAILURES") or 0)
        self.hang_call = environment.get("STAND_IN_HANG_CALL") or ""
        self.split_events = int(environment.get("STAND_IN_SPLIT_EVENTS") or 0)
        self.crash_after_calls = int(environment.get("STAND_IN_CRASH_AFTER_CALLS") or 0)
        self.leaks_state = environment.get("STAND_IN_STATE_LEAK") == "1"
        self.only_task = environment.get("STAND_IN_FAULT_TASK") or ""
        self._lock = threading.Lock()  # Protects the two counters.
        self._initialized = 0
        self._calls = 0

    def concerns(self, task_id):
        return not self.only_task or self.only_task == task_id

    def fails_initialize(self, task_id):
        """Whether this initialize is one of those that are to fail."""
        if not self.concerns(task_id):
            return False
        with self._lock:
            self._initialized += 1
            return self._initialized <= self.initialize_failures

    def before_call(self, tool, task_id):
        """Hangs or ends the process, where that is asked for."""
        if not self.concerns(task_id):
            return
        if self.hang_call in (tool, "*"):
            while True:
                time.sleep(3600)
        with self._lock:
            self._calls += 1
            if self.crash_after_calls and self._calls > self.crash_after_calls:
                os._exit(134)

    def pieces(self, data):
        """A server-sent event as it goes out: whole, or cut at odd places."""
        if self.split_events <= 0:
            return [data]
        return [data[start : start + self.split_events] for start in range(0, len(data), self.split_events)]
