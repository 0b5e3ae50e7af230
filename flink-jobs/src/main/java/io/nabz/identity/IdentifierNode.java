package io.nabz.identity;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an identifier does with what it is told: an event goes to whose it is by the claims and its
 * time; when the claims change, those events move that are somebody else's by the new ones.
 */
public final class IdentifierNode {
  private final IdentityPolicy policy;

  public IdentifierNode(IdentityPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  /** What is said of an identifier that nobody has used makes no node of it. */
  public static boolean begins(int kind) {
    return kind == IdentityRecord.EVENT
        || kind == IdentityRecord.CLAIM
        || kind == IdentityRecord.SPLIT
        || kind == IdentityRecord.POINTED;
  }

  public void apply(NodeState state, Archive archive, IdentityRecord record, Outlet out)
      throws Exception {
    Turn turn = new Turn(policy, record.key, state, archive, out);
    switch (record.kind) {
      case IdentityRecord.EVENT -> turn.event(record.event, true);
      case IdentityRecord.STRAY -> turn.event(record.event, false);
      case IdentityRecord.CLAIM -> turn.claim(record);
      case IdentityRecord.SPLIT -> turn.split(record);
      case IdentityRecord.MERGED -> turn.merged(record);
      case IdentityRecord.ERASE -> turn.erase(record);
      case IdentityRecord.TAKE_BACK -> turn.takeBack(record);
      case IdentityRecord.POINTED -> turn.pointed(record.timeMs);
      default -> throw new IllegalArgumentException("not for an identifier: " + record.kind);
    }
  }

  /** One record at one node. */
  private record Turn(
      IdentityPolicy policy, String key, NodeState state, Archive archive, Outlet out) {

    void event(Kept event, boolean first) throws Exception {
      if (event.timeMs <= state.erasedAtMs) {
        return;
      }
      String owner = Claims.ownerAt(state.claims, event.timeMs);
      state.shown |= owner == null;
      event.given |= !first;
      if (first || owner != null) {
        give(owner, event);
      }
      event.given = true;
      archive.add(event);
      state.kept++;
      state.keptBytes += event.size();
      state.newestMs = Math.max(state.newestMs, event.timeMs);
      if (Keeping.isTooMuch(state.kept, policy.keepEvents(), state.keptBytes)) {
        store(events());
      }
    }

    void claim(IdentityRecord record) throws Exception {
      Claim claim = new Claim(record.timeMs, record.target, record.merged);
      if (claim.timeMs <= state.splitAtMs) {
        disown(claim, state.splitAtMs, record.mention);
        return;
      }
      List<Claim> before = state.claims;
      List<Claim> after = Claims.with(before, claim, policy.confirmEvery().toMillis());
      if (after == before) {
        return;
      }
      // The ordinary claim is newer than all that is kept: no look at the events is needed.
      boolean moves = after.get(0) == claim || claim.timeMs <= state.newestMs;
      change(after, moves ? events() : List.of(), record.timeMs);
      shorten();
    }

    void split(IdentityRecord record) throws Exception {
      if (record.timeMs <= state.splitAtMs) {
        return;
      }
      state.splitAtMs = record.timeMs;
      List<Claim> after = new ArrayList<>();
      for (Claim claim : state.claims) {
        if (claim.timeMs > record.timeMs) {
          after.add(claim);
        } else {
          disown(claim, record.timeMs, record.mention);
        }
      }
      if (after.size() < state.claims.size()) {
        change(after, events(), record.timeMs);
      }
    }

    void merged(IdentityRecord record) throws Exception {
      List<Claim> after = new ArrayList<>();
      boolean changed = false;
      for (Claim claim : state.claims) {
        boolean moved =
            claim.target.equals(record.target) && !Objects.equals(claim.merged, record.merged);
        after.add(moved ? new Claim(claim.timeMs, claim.target, record.merged) : claim);
        changed |= moved;
      }
      if (changed) {
        change(after, events(), record.timeMs);
      }
    }

    void erase(IdentityRecord record) throws Exception {
      List<Claim> after =
          state.claims.stream()
              .filter(claim -> !claim.target.equals(record.target) || claim.timeMs > record.timeMs)
              .toList();
      if (after.size() == state.claims.size()) {
        return;
      }
      List<Kept> rest = new ArrayList<>();
      for (Kept event : events()) {
        Claim claim = Claims.at(state.claims, event.timeMs);
        boolean gone =
            claim != null && claim.target.equals(record.target) && event.timeMs <= record.timeMs;
        if (!gone) {
          rest.add(event);
        }
      }
      store(rest);
      if (after.isEmpty()) {
        state.erasedAtMs = Math.max(state.erasedAtMs, record.timeMs);
      }
      change(new ArrayList<>(after), rest, record.timeMs);
    }

    void takeBack(IdentityRecord record) throws Exception {
      Set<Long> hashes = new HashSet<>();
      for (long hash : record.hashes) {
        hashes.add(hash);
      }
      List<Kept> rest = new ArrayList<>();
      Map<String, List<Kept>> taken = new TreeMap<>();
      for (Kept event : events()) {
        if (hashes.contains(event.hash)) {
          String owner = Claims.ownerAt(state.claims, event.timeMs);
          taken.computeIfAbsent(owner == null ? key : owner, k -> new ArrayList<>()).add(event);
        } else {
          rest.add(event);
        }
      }
      store(rest);
      if (taken.containsKey(key)) {
        // Whoever has but one source of events is built anew from it.
        out.customer(Attribution.redirect(key, record.timeMs, null));
        rest.forEach(event -> give(null, event));
      } else {
        tellLoss(taken, record.timeMs);
      }
    }

    void pointed(long timeMs) {
      if (!state.shown) {
        state.shown = true;
        if (state.home != null) {
          redirect(timeMs);
        }
      }
    }

    /** Takes the new claims and moves what is another's by them. */
    private void change(List<Claim> after, List<Kept> events, long timeMs) {
      List<Claim> before = state.claims;
      state.claims = after;
      String home = after.isEmpty() ? null : after.get(0).owner();
      if (!Objects.equals(home, state.home)) {
        state.home = home;
        if (state.shown) {
          redirect(timeMs);
        }
      }
      Map<String, List<Kept>> lost = new TreeMap<>();
      List<Kept> moved = new ArrayList<>();
      for (Kept event : events) {
        String was = Claims.ownerAt(before, event.timeMs);
        if (!Objects.equals(was, Claims.ownerAt(after, event.timeMs))) {
          moved.add(event);
          if (was != null) {
            lost.computeIfAbsent(was, k -> new ArrayList<>()).add(event);
          }
        }
      }
      tellLoss(lost, timeMs);
      for (Kept event : moved) {
        String owner = Claims.ownerAt(after, event.timeMs);
        state.shown |= owner == null;
        give(owner, event);
      }
    }

    private void redirect(long timeMs) {
      out.customer(Attribution.redirect(key, timeMs, state.home));
      if (state.home != null && Names.isProvisional(state.home)) {
        out.strong(new IdentityRecord(IdentityRecord.POINTED, state.home, timeMs));
      }
    }

    private void tellLoss(Map<String, List<Kept>> lost, long timeMs) {
      lost.forEach(
          (owner, events) -> {
            long[] hashes = Keeping.hashes(events);
            if (Names.isProvisional(owner)) {
              out.strong(IdentityRecord.takeBack(owner, timeMs, hashes));
            } else {
              out.customer(Attribution.takeBack(owner, timeMs, hashes, key));
            }
          });
    }

    private void give(String owner, Kept event) {
      if (owner == null) {
        out.customer(Attribution.event(Attribution.PROVISIONAL, key, event));
      } else if (Names.isProvisional(owner)) {
        out.strong(IdentityRecord.event(IdentityRecord.EVENT, owner, event));
      } else {
        out.customer(Attribution.linked(owner, event, key));
      }
    }

    /** Whoever has claimed it anew since then keeps it. */
    private void disown(Claim claim, long untilMs, Mention mention) {
      boolean anew =
          state.claims.stream().anyMatch(c -> c.timeMs > untilMs && c.target.equals(claim.target));
      if (mention.type != null && !anew && !Names.isProvisional(claim.target)) {
        out.customer(Attribution.disown(claim.owner(), untilMs, mention));
      }
    }

    /**
     * Of a kiosk's claims the first and the newest stay. The events between those are where they
     * belong and can be moved no more; a late one from then goes to the first.
     */
    private void shorten() throws Exception {
      if (state.claims.size() <= Claims.MAX) {
        return;
      }
      List<Claim> all = Claims.withoutRepetitions(state.claims);
      state.claims = all;
      if (all.size() <= Claims.MAX) {
        return;
      }
      state.claims = Claims.newest(all);
      long from = all.get(1).timeMs;
      long to = state.claims.get(1).timeMs;
      List<Kept> events = events();
      events.removeIf(event -> event.timeMs >= from && event.timeMs < to);
      store(events);
    }

    private List<Kept> events() throws Exception {
      return state.kept == 0
          ? new ArrayList<>()
          : Keeping.newest(
              archive.read(), policy.keepEvents(), Keeping.edge(state.newestMs, policy));
    }

    private void store(List<Kept> events) throws Exception {
      archive.replace(events);
      state.kept = events.size();
      state.keptBytes = Keeping.bytes(events);
    }
  }
}
