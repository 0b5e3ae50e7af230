package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.identity.IdentifierNode;
import io.nabz.identity.IdentityPolicy;
import io.nabz.identity.IdentityRecord;
import io.nabz.identity.NodeState;
import io.nabz.intake.IntakeRecord;
import java.util.List;
import org.apache.flink.util.Collector;

/**
 * The nodes of the weak, or of the strong, identifiers, by {@link IdentifierNode}.
 *
 * <p>Keyed state: {@code identifier} holds until it has not been used for {@link
 * IdentityPolicy#forgottenAfter}; {@code identifier-events}, at most twice {@link
 * IdentityPolicy#keepEvents}, until it has not been used for {@link IdentityPolicy#keepFor}. One
 * event-time timer a key; {@link NodeState#timerAtMs} is its twin.
 */
final class IdentifierNodes extends HotFunction<IdentityRecord, IntakeRecord> {
  private static final long serialVersionUID = 1;

  private final IdentityPolicy policy;
  private transient IdentifierNode logic;
  private transient HotValue<NodeState> nodes;
  private transient HotArchive archive;

  IdentifierNodes(IdentityPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  @Override
  void open(HotState hot) {
    logic = new IdentifierNode(policy);
    nodes = value(hot, "identifier", NodeState.class, NodeState::heapBytes);
    archive = archive(hot, "identifier-events");
  }

  @Override
  public void processElement(IdentityRecord record, Context context, Collector<IntakeRecord> out)
      throws Exception {
    NodeState node = nodes.value();
    if (node == null) {
      if (!IdentifierNode.begins(record.kind)) {
        return;
      }
      node = new NodeState();
    }
    logic.apply(node, archive, record, new IdentityOutlet(out::collect, context::output));
    node.touchedMs = Expiry.touched(node.touchedMs, record.timeMs, context.timerService());
    node.timerAtMs =
        Expiry.schedule(
            node.timerAtMs, node.touchedMs, node.kept > 0, policy, context.timerService());
    nodes.update(node);
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<IntakeRecord> out)
      throws Exception {
    long clockMs = context.timerService().currentWatermark();
    NodeState node = nodes.value();
    // The end of a finished stream is no time that has passed.
    if (node == null || clockMs == Long.MAX_VALUE) {
      return;
    }
    if (Expiry.forgottenDue(node.touchedMs, policy) <= clockMs) {
      nodes.clear();
      archive.replace(List.of());
      return;
    }
    if (Expiry.eventsDue(node.touchedMs, policy) <= clockMs) {
      archive.replace(List.of());
      node.kept = 0;
      node.keptBytes = 0;
    }
    node.timerAtMs =
        Expiry.schedule(
            NodeState.NEVER, node.touchedMs, node.kept > 0, policy, context.timerService());
    nodes.update(node);
  }
}
