"""What the worker leaves for those who watch it. No data about people."""

from django.db import models

from tragnetz.network.models import NetworkModel


class TaskRun(NetworkModel):
    """How a task of the worker ran last in a network: one row a task, written over each time.

    `failures` counts those in a row, `error` is the kind of the last one, without its words. The task `round` is a
    whole turn of the worker: its time is the worker's beat.
    """

    name = models.CharField(max_length=40)
    ran_at = models.DateTimeField()
    seconds = models.FloatField()
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="task_runs_once_a_network")]

    def __str__(self) -> str:
        return self.name
