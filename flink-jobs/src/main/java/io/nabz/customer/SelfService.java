package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.TaskRecord;
import io.nabz.model.EventTypes;
import java.util.List;

/** What customers try to do by themselves, by task. */
final class SelfService {
  static final int MAX_TASKS = 6;

  private SelfService() {}

  static void apply(Step step) {
    CustomerState state = step.state();
    String name = step.event().text("task");
    state.tasks = Matters.orNew(state.tasks);
    TaskRecord task =
        Matters.touch(state.tasks, name == null ? "" : name, step, MAX_TASKS, TaskRecord::new);
    long at = step.timeMs();
    switch (step.event().type()) {
      case EventTypes.SELFSERVICE_SUCCEEDED ->
          task.succeededAtMs = Math.max(task.succeededAtMs, at);
      case EventTypes.SELFSERVICE_FAILED -> {
        if (at > task.failedAtMs) {
          task.failedAtMs = at;
          task.failEventId = step.event().id();
        }
      }
      default -> task.startedAtMs = Math.max(task.startedAtMs, at);
    }
    String channel = step.word("channel");
    if (Matters.says(task, 0, 1, step, task.channel, channel)) {
      task.channel = channel;
    }
  }

  static boolean hasFailed(TaskRecord task) {
    return task.failedAtMs > task.succeededAtMs;
  }

  /** {@code started succeeded failed}, whichever came last. */
  static String state(TaskRecord task) {
    if (task.startedAtMs > Math.max(task.succeededAtMs, task.failedAtMs)) {
      return "started";
    }
    return hasFailed(task) ? "failed" : "succeeded";
  }

  /** {@code SELF_SERVICE_FAILED}: since the failure, until the task succeeds or time passes. */
  static Review.Condition failed(Review review, FlagPolicy policy) {
    List<TaskRecord> tasks = review.state().tasks;
    Review.Condition found = null;
    if (tasks != null) {
      for (TaskRecord task : tasks) {
        if (hasFailed(task)) {
          EvidenceRecord failure =
              new EvidenceRecord(
                  "failure", task.failEventId, EventTypes.SELFSERVICE_FAILED, task.failedAtMs);
          found =
              Review.both(
                  found,
                  review.between(
                      task.failedAtMs,
                      task.failedAtMs + policy.selfServiceFailedFor().toMillis(),
                      List.of(failure)));
        }
      }
    }
    return found;
  }
}
