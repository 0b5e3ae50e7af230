package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.identity.CustomerLinks;
import io.nabz.identity.IdentityPolicy;
import io.nabz.identity.IdentityRecord;
import io.nabz.identity.LinkList;
import io.nabz.identity.Links;
import io.nabz.identity.LinksState;
import io.nabz.identity.NodeState;
import io.nabz.intake.IntakeRecord;
import java.util.List;
import org.apache.flink.util.Collector;

/**
 * What each customer has claimed, by {@link CustomerLinks}; beside the way of its events.
 *
 * <p>Keyed state: {@code links} and {@code links-use} hold until the customer has not been heard of
 * for {@link IdentityPolicy#forgottenAfter}; {@code links-events}, at most twice {@link
 * IdentityPolicy#mergeKeepEvents}, until then for {@link IdentityPolicy#keepFor}. One event-time
 * timer a key; {@link LinksState#timerAtMs} is its twin.
 */
final class CustomerLinksNodes extends HotFunction<IdentityRecord, IntakeRecord> {
  private static final long serialVersionUID = 1;

  private final IdentityPolicy policy;
  private transient CustomerLinks logic;
  private transient HotValue<LinksState> uses;
  private transient HotValue<LinkList> links;
  private transient HotArchive archive;
  private transient HotLinks book;

  CustomerLinksNodes(IdentityPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  @Override
  void open(HotState hot) {
    logic = new CustomerLinks(policy);
    uses = value(hot, "links-use", LinksState.class, LinksState::heapBytes);
    links = value(hot, "links", LinkList.class, LinkList::heapBytes);
    archive = archive(hot, "links-events");
    book = new HotLinks(links);
  }

  @Override
  public void processElement(IdentityRecord record, Context context, Collector<IntakeRecord> out)
      throws Exception {
    LinksState state = uses.value();
    state = state == null ? new LinksState() : state;
    logic.apply(state, book, archive, record, new IdentityOutlet(out::collect, context::output));
    state.touchedMs = Expiry.touched(state.touchedMs, record.timeMs, context.timerService());
    state.timerAtMs =
        Expiry.schedule(
            state.timerAtMs, state.touchedMs, state.kept > 0, policy, context.timerService());
    uses.update(state);
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<IntakeRecord> out)
      throws Exception {
    long clockMs = context.timerService().currentWatermark();
    LinksState state = uses.value();
    // The end of a finished stream is no time that has passed.
    if (state == null || clockMs == Long.MAX_VALUE) {
      return;
    }
    if (Expiry.forgottenDue(state.touchedMs, policy) <= clockMs) {
      uses.clear();
      links.clear();
      archive.replace(List.of());
      return;
    }
    if (Expiry.eventsDue(state.touchedMs, policy) <= clockMs) {
      archive.replace(List.of());
      state.kept = 0;
      state.keptBytes = 0;
    }
    state.timerAtMs =
        Expiry.schedule(
            NodeState.NEVER, state.touchedMs, state.kept > 0, policy, context.timerService());
    uses.update(state);
  }

  private record HotLinks(HotValue<LinkList> links) implements Links {
    @Override
    public LinkList read() throws Exception {
      return links.value();
    }

    @Override
    public void write(LinkList known) throws Exception {
      links.update(known);
    }
  }
}
