package io.nabz.customer;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.Book.Page;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.FlagRecord;
import io.nabz.identity.Attribution;
import io.nabz.identity.Kept;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import io.nabz.model.Redirect;
import io.nabz.model.TouchpointGone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets a customer's history change hands. From the first event on that is a customer's only by a
 * link, events are kept beside the state it had before, so that the state can be built anew without
 * those that turn out to be somebody else's. A customer whose events all name it has no ledger and
 * costs nothing.
 */
public final class Ledger {
  /** Events of a page; with a former page behind it, so many at least can be taken back. */
  public static final int PAGE = 256;

  /** A page of large events has fewer of them. */
  private static final int PAGE_BYTES = 512 * 1024;

  private static final Comparator<Kept> OLDEST_FIRST =
      Comparator.<Kept>comparingLong(event -> event.timeMs).thenComparingLong(event -> event.hash);

  private final CustomerLogic logic;
  private final Book book;
  private final List<TouchpointGone> takenBack = new ArrayList<>();
  private boolean timelineGone;

  public Ledger(CustomerLogic logic, Book book) {
    this.logic = requireNonNull(logic, "logic is null");
    this.book = requireNonNull(book, "book is null");
  }

  /** Touchpoints that the last call took from the customer. */
  public List<TouchpointGone> takenBack() {
    return takenBack;
  }

  /** Whether the last call left nothing of the customer's timeline. */
  public boolean isTimelineGone() {
    return timelineGone;
  }

  /** The snapshot's place is taken by this. */
  public static Redirect redirect(CustomerKey key, CustomerState state) {
    return new Redirect(
        key.customerId(),
        CustomerLogic.version(state),
        Instant.ofEpochMilli(Math.max(state.nowMs, state.lastEventAtMs)),
        CustomerKey.parse(state.redirectTo).customerId());
  }

  /** An event as it came, for a customer that has a ledger or is redirected. */
  public boolean event(CustomerKey key, CustomerState state, Kept kept, Changes changes)
      throws Exception {
    begin();
    return event(key, state, kept, Attribution.OWN, changes);
  }

  /**
   * @return false when nothing changed that anybody would see
   */
  public boolean apply(
      CustomerKey key, CustomerState state, Attribution attribution, Changes changes)
      throws Exception {
    begin();
    return switch (attribution.kind) {
      case Attribution.OWN, Attribution.LINKED, Attribution.PROVISIONAL ->
          event(key, state, attribution.event.by(attribution.via), attribution.kind, changes);
      case Attribution.TAKE_BACK -> takeBack(key, state, attribution, changes);
      case Attribution.REDIRECT -> redirect(key, state, attribution, changes);
      case Attribution.RETURN -> comeBack(key, state, changes);
      case Attribution.DISOWN -> disown(state, attribution);
      default -> throw new IllegalArgumentException("no such attribution: " + attribution.kind);
    };
  }

  private void begin() {
    takenBack.clear();
    timelineGone = false;
  }

  private boolean event(CustomerKey key, CustomerState state, Kept kept, int kind, Changes changes)
      throws Exception {
    Event event = EventDecoder.trusted(kept.bytes);
    if (state.redirectTo != null) {
      if (kind == Attribution.PROVISIONAL) {
        state.redirectTo = null;
      } else {
        elsewhere(key, state, kept, event);
        return false;
      }
    }
    if (isBlank(state) && state.erasedAtMs == 0) {
      // Whoever is nobody has no time of its own.
      state.nowMs = Long.MIN_VALUE;
      state.lastEventAtMs = 0;
    }
    if (kind == Attribution.LINKED && state.ledger == 0) {
      book.begin(Page.NEWEST, state, List.of());
      state.ledger = 1;
    }
    int before = state.ledger;
    if (!logic.apply(key, state, event, kept.receivedAtMs, changes)) {
      if (kind == Attribution.LINKED && !isHeld(kept)) {
        // The customer's by another way, too.
        add(state, kept);
      }
      return false;
    }
    if (before > 0 && state.ledger == 0) {
      // Erased, or forgotten in the meantime.
      book.clear();
    } else if (before > 0) {
      add(state, kept);
    }
    return true;
  }

  private void add(CustomerState state, Kept kept) throws Exception {
    book.add(kept);
    state.ledger++;
    state.ledgerBytes += kept.size();
    if (isFull(state)) {
      turn(state);
    }
  }

  private static boolean isFull(CustomerState state) {
    return state.ledger > PAGE || state.ledgerBytes > PAGE_BYTES;
  }

  private boolean isHeld(Kept kept) throws Exception {
    for (Page page : Page.values()) {
      for (Kept held : book.events(page)) {
        if (held.hash == kept.hash && kept.via.equals(held.via)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Beyond a redirect only the ledger goes on, for the day on which the customer comes back. */
  private void elsewhere(CustomerKey key, CustomerState state, Kept kept, Event event)
      throws Exception {
    if (key.isProvisional() || state.ledger == 0) {
      return;
    }
    if (event.type().equals(EventTypes.CUSTOMER_ERASED)) {
      book.clear();
      state.ledger = 0;
      state.ledgerBytes = 0;
    } else if (!isFull(state)) {
      book.add(kept);
      state.ledger++;
      state.ledgerBytes += kept.size();
    }
  }

  private void turn(CustomerState state) throws Exception {
    book.begin(Page.FORMER, book.base(Page.NEWEST), book.events(Page.NEWEST));
    state.ledger = 1;
    state.ledgerBytes = 0;
    book.begin(Page.NEWEST, state, List.of());
  }

  private boolean takeBack(
      CustomerKey key, CustomerState state, Attribution attribution, Changes changes)
      throws Exception {
    if (state.ledger == 0) {
      return false;
    }
    Map<Long, Kept> goneBefore = new LinkedHashMap<>();
    CustomerState former = book.base(Page.FORMER);
    List<Kept> before = former == null ? List.of() : without(attribution, Page.FORMER, goneBefore);
    Map<Long, Kept> gone = new LinkedHashMap<>(goneBefore);
    List<Kept> newest = without(attribution, Page.NEWEST, gone);
    if (gone.isEmpty()) {
      return false;
    }
    Changes told = new Changes(changes.detectedAt());
    if (!goneBefore.isEmpty()) {
      book.begin(Page.FORMER, former, before);
      book.begin(Page.NEWEST, replay(key, former, before, told), newest);
    } else {
      book.begin(Page.NEWEST, book.base(Page.NEWEST), newest);
    }
    state.ledger = 1 + newest.size();
    state.ledgerBytes = newest.stream().mapToInt(Kept::size).sum();
    newest.forEach(event -> gone.remove(event.hash));
    before.forEach(event -> gone.remove(event.hash));
    if (state.redirectTo != null || gone.isEmpty()) {
      return false;
    }
    rebuild(key, state, newest, told, changes);
    for (Kept kept : gone.values()) {
      Event event = EventDecoder.trusted(kept.bytes);
      takenBack.add(new TouchpointGone(event.id(), event.time(), true));
    }
    return true;
  }

  /** The page's events without those that are taken back. */
  private List<Kept> without(Attribution taken, Page page, Map<Long, Kept> gone) throws Exception {
    Set<Long> hashes = new HashSet<>();
    for (long hash : taken.hashes) {
      hashes.add(hash);
    }
    List<Kept> rest = new ArrayList<>();
    for (Kept event : book.events(page)) {
      if (taken.via.equals(event.via) && hashes.contains(event.hash)) {
        gone.put(event.hash, event);
      } else {
        rest.add(event);
      }
    }
    return rest;
  }

  /** Takes on what follows from the newest page; alerts that no longer hold are taken back. */
  private void rebuild(
      CustomerKey key, CustomerState state, List<Kept> newest, Changes told, Changes changes)
      throws Exception {
    CustomerState anew = replay(key, book.base(Page.NEWEST), newest, told);
    anew.appliedEvents = Math.max(state.appliedEvents, anew.appliedEvents) + 1;
    anew.steps = 0;
    anew.timerAtMs = state.timerAtMs;
    anew.clockLeadMs = state.clockLeadMs;
    anew.ledger = state.ledger;
    anew.ledgerBytes = state.ledgerBytes;
    anew.told = state.told;
    anew.rules = state.rules;
    anew.rulesDueMs = state.rulesDueMs;
    anew.redirectTo = null;
    if (state.profile.disowned != null) {
      state.profile.disowned.forEach(d -> anew.profile.disown(d.type, d.value, d.firstSeenMs));
    }
    Set<String> held = new HashSet<>();
    for (FlagRecord flag : List.copyOf(state.flags)) {
      FlagRecord now = anew.flag(flag.code);
      if (now == null || !sameAlert(flag, now)) {
        Flags.retract(key, state, FlagCode.valueOf(flag.code), changes);
      } else {
        held.add(flag.alertId);
      }
    }
    for (Alert alert : told.alerts()) {
      boolean holds = anew.flags.stream().anyMatch(f -> alert.alertId().equals(f.alertId));
      if (alert.state() == AlertState.OPEN && holds && held.add(alert.alertId())) {
        changes.add(alert);
      }
    }
    if (isBlank(anew)) {
      anew.nowMs = state.nowMs;
      anew.lastEventAtMs = state.lastEventAtMs;
      anew.ledger = 0;
      anew.ledgerBytes = 0;
      book.clear();
      changes.gone(false);
    }
    state.become(anew);
  }

  private static boolean isBlank(CustomerState state) {
    return state.sources.isEmpty();
  }

  private static boolean sameAlert(FlagRecord one, FlagRecord other) {
    return one.alertId != null && one.alertId.equals(other.alertId);
  }

  private CustomerState replay(CustomerKey key, CustomerState base, List<Kept> events, Changes told)
      throws Exception {
    CustomerState state = book.copy(base);
    List<Kept> inOrder = new ArrayList<>(events);
    inOrder.sort(OLDEST_FIRST);
    for (Kept event : inOrder) {
      logic.apply(key, state, EventDecoder.trusted(event.bytes), event.receivedAtMs, told);
    }
    return state;
  }

  private boolean redirect(
      CustomerKey key, CustomerState state, Attribution attribution, Changes changes)
      throws Exception {
    if (state.redirectTo == null && !key.isProvisional() && state.ledger == 0) {
      book.begin(Page.NEWEST, state, List.of());
      state.ledger = 1;
    }
    for (FlagRecord flag : List.copyOf(state.flags)) {
      Flags.retract(key, state, FlagCode.valueOf(flag.code), changes);
    }
    CustomerState stub = new CustomerState();
    stub.appliedEvents = state.appliedEvents + 1;
    stub.nowMs = state.nowMs;
    stub.timerAtMs = state.timerAtMs;
    stub.clockLeadMs = state.clockLeadMs;
    stub.lastEventAtMs = Math.max(state.lastEventAtMs, attribution.timeMs);
    stub.nowMs = Math.max(state.nowMs, stub.lastEventAtMs);
    stub.erasedAtMs = state.erasedAtMs;
    stub.redirectTo = attribution.target;
    if (key.isProvisional()) {
      timelineGone = true;
      if (attribution.target == null) {
        changes.gone(false);
      }
    } else {
      stub.ledger = state.ledger;
      stub.ledgerBytes = state.ledgerBytes;
    }
    state.become(stub);
    return true;
  }

  private boolean comeBack(CustomerKey key, CustomerState state, Changes changes) throws Exception {
    if (state.redirectTo == null) {
      return false;
    }
    state.redirectTo = null;
    if (state.ledger == 0) {
      // Erased in the meantime.
      changes.gone(false);
      return true;
    }
    // Alerts were told in the customer's former life; what holds of them shows in the flags.
    Changes told = new Changes(changes.detectedAt());
    rebuild(key, state, book.events(Page.NEWEST), new Changes(changes.detectedAt()), told);
    if (told.isGone()) {
      changes.gone(false);
    }
    return true;
  }

  private static boolean disown(CustomerState state, Attribution attribution) {
    int slash = attribution.target.indexOf('/');
    String type = attribution.target.substring(0, slash);
    String value = attribution.target.substring(slash + 1);
    boolean known = state.profile.firstSeen(type, value) <= attribution.timeMs;
    state.profile.disown(type, value, attribution.timeMs);
    if (known) {
      state.appliedEvents++;
    }
    return known;
  }
}
