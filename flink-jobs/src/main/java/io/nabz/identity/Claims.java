package io.nabz.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who had an identifier when. Whose an event is follows from the claims and its time alone, so the
 * order in which claims and events arrive does not show.
 */
final class Claims {
  /** So many moments are kept; a kiosk has more customers than that. */
  static final int MAX = 32;

  private static final int FEWER = 16;

  private static final Comparator<Claim> OLDEST_FIRST =
      Comparator.<Claim>comparingLong(claim -> claim.timeMs).thenComparing(claim -> claim.target);

  private Claims() {}

  /**
   * The owner at that time: by the newest claim until then; what happened before the first claim
   * belongs to it, too. Null if there is none.
   */
  static Claim at(List<Claim> claims, long timeMs) {
    Claim owner = null;
    for (Claim claim : claims) {
      if (owner != null && claim.timeMs > timeMs) {
        break;
      }
      owner = claim;
    }
    return owner;
  }

  static String ownerAt(List<Claim> claims, long timeMs) {
    Claim claim = at(claims, timeMs);
    return claim == null ? null : claim.owner();
  }

  /**
   * With that claim in its place; the same list when it says nothing new.
   *
   * @param confirmMs a repetition within it is nothing new
   */
  static List<Claim> with(List<Claim> claims, Claim claim, long confirmMs) {
    Claim former = null;
    for (Claim known : claims) {
      if (known.timeMs == claim.timeMs && known.target.equals(claim.target)) {
        return claims;
      }
      if (OLDEST_FIRST.compare(known, claim) <= 0) {
        former = known;
      }
    }
    if (former != null
        && former.target.equals(claim.target)
        && claim.timeMs - former.timeMs < confirmMs) {
      return claims;
    }
    List<Claim> all = new ArrayList<>(claims);
    all.add(claim);
    all.sort(OLDEST_FIRST);
    return all;
  }

  /** Without what does not change the owner at any time. */
  static List<Claim> withoutRepetitions(List<Claim> claims) {
    List<Claim> fewer = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      boolean within =
          i > 0
              && i < claims.size() - 1
              && claims.get(i - 1).target.equals(claims.get(i).target)
              && claims.get(i + 1).target.equals(claims.get(i).target);
      if (!within) {
        fewer.add(claims.get(i));
      }
    }
    return fewer;
  }

  /** The first, which what happened before it rests on, and the newest. */
  static List<Claim> newest(List<Claim> claims) {
    List<Claim> fewer = new ArrayList<>();
    fewer.add(claims.get(0));
    fewer.addAll(claims.subList(claims.size() - FEWER + 1, claims.size()));
    return fewer;
  }
}
