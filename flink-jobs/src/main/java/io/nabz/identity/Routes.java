package io.nabz.identity;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Where an event goes that was just decoded, and who else is told of it. */
public final class Routes {
  private final IdentityPolicy policy;

  public Routes(IdentityPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  /**
   * @param customer key of the customer that the event names, or the provisional one
   * @param mentions null when it names the customer and no identifier
   * @return whether it goes straight to the customer
   */
  public boolean route(String customer, Kept event, Mentions mentions, Outlet out) {
    if (mentions == null) {
      if (policy.mergeKeepEvents() > 0) {
        named(customer, event, null, out);
      }
      return true;
    }
    if (mentions.named) {
      named(customer, event, mentions.identifiers, out);
    } else {
      byIdentifier(event, mentions.identifiers, out);
    }
    acts(customer, event, mentions, out);
    return mentions.named;
  }

  private void named(String customer, Kept event, List<Mention> identifiers, Outlet out) {
    if (Names.isProvisional(customer)) {
      out.weak(IdentityRecord.event(IdentityRecord.STRAY, customer, event));
      out.strong(IdentityRecord.event(IdentityRecord.STRAY, customer, event));
      return;
    }
    boolean claims = identifiers != null && !identifiers.isEmpty();
    if (policy.mergeKeepEvents() == 0 && !claims) {
      return;
    }
    IdentityRecord own = new IdentityRecord(IdentityRecord.OWN, customer, event.timeMs);
    own.event = policy.mergeKeepEvents() == 0 ? null : event;
    own.mentions = claims ? identifiers : null;
    out.links(own);
  }

  private static void byIdentifier(Kept event, List<Mention> identifiers, Outlet out) {
    Mention strongest = identifiers.get(0);
    IdentityRecord arrival = IdentityRecord.event(IdentityRecord.EVENT, strongest.node, event);
    if (strongest.weak) {
      out.weak(arrival);
      return;
    }
    out.strong(arrival);
    for (Mention mention : identifiers) {
      if (mention.weak) {
        out.weak(IdentityRecord.claim(mention, event.timeMs, strongest.node, null));
      }
    }
  }

  private static void acts(String customer, Kept event, Mentions mentions, Outlet out) {
    for (Mention mention : mentions.split) {
      IdentityRecord split = IdentityRecord.split(mention, event.timeMs);
      if (mention.weak) {
        out.weak(split);
      } else {
        out.strong(split);
      }
    }
    if (mentions.from != null) {
      if (Names.isProvisional(mentions.from)) {
        provisional(mentions, event.timeMs, out);
      } else if (mentions.into == null || !Names.isProvisional(mentions.into)) {
        int kind = mentions.into == null ? IdentityRecord.UNMERGE : IdentityRecord.MERGE;
        out.merges(
            IdentityRecord.of(
                kind, Names.tenant(mentions.from), event.timeMs, mentions.from, mentions.into));
      }
    }
    if (mentions.erased) {
      IdentityRecord erase =
          IdentityRecord.event(IdentityRecord.ERASE, Names.tenant(customer), event);
      erase.target = customer;
      out.merges(erase);
    }
  }

  /** A visitor is merged by a claim, and split off by taking that back; the id tells no tier. */
  private static void provisional(Mentions mentions, long timeMs, Outlet out) {
    Mention weak = new Mention(mentions.from, true, null, null);
    Mention strong = new Mention(mentions.from, false, null, null);
    if (mentions.into == null) {
      out.weak(IdentityRecord.split(weak, timeMs));
      out.strong(IdentityRecord.split(strong, timeMs));
    } else if (!Names.isProvisional(mentions.into)) {
      IdentityRecord claims = new IdentityRecord(IdentityRecord.OWN, mentions.into, timeMs);
      claims.mentions = List.of(weak, strong);
      out.links(claims);
    }
  }
}
