package io.nabz.customer;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.FlagRecord;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import io.nabz.model.StableHash;
import io.nabz.rules.engine.CustomerView;
import io.nabz.text.TextScorer;
import java.time.Instant;

/**
 * What an event, and what the passing of time, does to a customer. Events are applied at once, each
 * with its own time; the result does not depend on the order in which they arrive, but for alerts
 * that only a later event disproves (those are retracted).
 */
public final class CustomerLogic {
  /** Steps of time that fit between two events in a version; more share the last number. */
  private static final int MAX_STEPS = 255;

  private final CustomerPolicy policy;
  private final TextScorer scorer;
  private final IdentifierNormaliser normaliser;

  /**
   * @param scorer reads what customers write where no sentiment comes from upstream
   */
  public CustomerLogic(CustomerPolicy policy, TextScorer scorer) {
    this.policy = requireNonNull(policy, "policy is null");
    this.scorer = requireNonNull(scorer, "scorer is null");
    this.normaliser = new IdentifierNormaliser(policy.defaultRegion());
  }

  /**
   * Applies one event.
   *
   * @param receivedAtMs when the broker had it, epoch milliseconds
   * @return false when it had been applied before or was erased before it came, and nothing changed
   */
  public boolean apply(
      CustomerKey key, CustomerState state, Event event, long receivedAtMs, Changes changes) {
    long timeMs = event.time().toEpochMilli();
    if (Erasures.isErased(state, timeMs)
        || !state.seen.add(StableHash.pair(event.source(), event.id()))) {
      return false;
    }
    changes.receivedAt(Instant.ofEpochMilli(receivedAtMs));
    if (state.nowMs == Long.MIN_VALUE) {
      state.nowMs = timeMs;
    }
    // What falls due at the very moment of the event is left for after it: an order at the last
    // millisecond still saves the cart.
    long before = state.appliedEvents;
    advance(key, state, timeMs - 1, changes);
    if (changes.isForgotten()) {
      changes.back();
      state.seen.add(StableHash.pair(event.source(), event.id()));
      // Versions go on growing, since nobody was told that the customer had been forgotten.
      state.appliedEvents = before;
    }
    state.nowMs = Math.max(state.nowMs, timeMs);
    state.lastEventAtMs = state.lastEventAtMs == 0 ? timeMs : Math.max(state.lastEventAtMs, timeMs);
    state.appliedEvents++;
    state.steps = 0;
    if (event.type().equals(EventTypes.CUSTOMER_ERASED)) {
      Erasures.erase(state, timeMs, changes);
      return true;
    }

    Feeling feeling = Feeling.of(event, scorer);
    Step step = new Step(key, state, event, timeMs, receivedAtMs, feeling, changes);
    Profiles.apply(step, normaliser);
    Journeys.apply(step);
    Facets.apply(step);
    Families.apply(step);
    Sentiments.apply(step);
    boolean touched = Subjects.apply(step, policy, normaliser);
    boolean newDevice = state.orders != null && event.identifier(IdentifierType.DEVICE_ID) != null;
    if (touched || newDevice || feeling.isThere()) {
      FlagReview.run(key, state, policy, timeMs, changes);
    }
    // A late event may leave something behind that was due before now.
    advance(key, state, state.nowMs - 1, changes);
    return true;
  }

  /**
   * Lets the customer's clock go on to that moment and does all that falls due on the way.
   *
   * @return whether anything did
   */
  public boolean advance(CustomerKey key, CustomerState state, long toMs, Changes changes) {
    boolean changed = false;
    long due = nextDue(state);
    while (due != CustomerState.NEVER && due <= toMs) {
      state.nowMs = Math.max(state.nowMs, due);
      fallDue(key, state, changes);
      state.steps++;
      changed = true;
      due = nextDue(state);
    }
    return changed;
  }

  /**
   * The next moment at which time alone changes the customer, or {@link CustomerState#NEVER}. What
   * is due is done with when it has been done, so this always lies ahead of what {@link #advance}
   * did.
   */
  public long nextDue(CustomerState state) {
    long due = Carts.nextAbandoned(state.cart, policy.cartAbandonedAfter().toMillis());
    due = Math.min(due, Contacts.nextDue(state, policy));
    due = Math.min(due, Math.min(state.reviewAtMs, state.familiesFallAtMs));
    due = Math.min(due, Erasures.nextForgotten(state, policy.forgottenAfter().toMillis()));
    FlagRecord cart = state.flag(FlagCode.CART_ABANDONED.name());
    if (cart != null) {
      due = Math.min(due, cart.untilMs);
    }
    return due;
  }

  /** The last moment at which the customer is still known if nothing more comes. */
  public long lastMoment(CustomerState state) {
    return Erasures.nextForgotten(state, policy.forgottenAfter().toMillis()) - 1;
  }

  /** All that is known of the customer, as of the customer's own clock: a snapshot as JSON. */
  public byte[] snapshot(CustomerKey key, CustomerState state) {
    if (state.redirectTo != null) {
      return Json.bytes(Ledger.redirect(key, state));
    }
    return SnapshotWriter.bytes(key, state, policy);
  }

  /** What rules may ask of the customer, as of now; holds for this moment only. */
  public CustomerView view(CustomerKey key, CustomerState state) {
    return new RuleView(key, state, policy);
  }

  /**
   * The version orders snapshots by the events they hold, so that after a replay from a checkpoint
   * the older ones among the repeated snapshots can be told from new ones.
   */
  static long version(CustomerState state) {
    return state.appliedEvents * (MAX_STEPS + 1) + Math.min(state.steps, MAX_STEPS);
  }

  /** How many distinct events a snapshot of that version holds. */
  public static long eventsIn(long version) {
    return version / (MAX_STEPS + 1);
  }

  private void fallDue(CustomerKey key, CustomerState state, Changes changes) {
    if (Erasures.nextForgotten(state, policy.forgottenAfter().toMillis()) <= state.nowMs) {
      Erasures.forget(state, changes);
      return;
    }
    long abandonedAt = Carts.nextAbandoned(state.cart, policy.cartAbandonedAfter().toMillis());
    if (abandonedAt <= state.nowMs) {
      Carts.abandon(key, state, policy, changes);
    }
    Contacts.giveUp(state, policy.contactLostAfter().toMillis());
    FlagRecord cart = state.flag(FlagCode.CART_ABANDONED.name());
    if (cart != null && cart.untilMs <= state.nowMs) {
      Carts.forget(state, policy);
    }
    if (state.reviewAtMs <= state.nowMs) {
      FlagReview.run(key, state, policy, FlagReview.BY_TIME, changes);
    }
    if (state.familiesFallAtMs <= state.nowMs) {
      Families.fall(key, state);
    }
    Contacts.prune(state);
    Resolutions.prune(state);
  }
}
