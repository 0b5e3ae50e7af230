package io.nabz.identity;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The customer's side of identity, beside the way of its events: claims the identifiers that its
 * events name, and hands what it keeps to the customer that it is merged into.
 */
public final class CustomerLinks {
  private final IdentityPolicy policy;

  public CustomerLinks(IdentityPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  public void apply(
      LinksState state, Links links, Archive archive, IdentityRecord record, Outlet out)
      throws Exception {
    switch (record.kind) {
      case IdentityRecord.OWN -> own(state, links, archive, record, out);
      case IdentityRecord.MERGED -> merged(state, links, archive, record, out);
      case IdentityRecord.ERASE -> erase(state, links, archive, record, out);
      default -> throw new IllegalArgumentException("not for a customer: " + record.kind);
    }
  }

  private void own(
      LinksState state, Links links, Archive archive, IdentityRecord record, Outlet out)
      throws Exception {
    if (record.timeMs <= state.erasedAtMs) {
      return;
    }
    if (record.mentions != null) {
      claim(state, links, record, out);
    }
    if (record.event == null || policy.mergeKeepEvents() == 0) {
      return;
    }
    if (state.merged != null) {
      out.customer(Attribution.linked(state.merged, record.event, record.key));
    }
    record.event.given = true;
    archive.add(record.event);
    state.kept++;
    state.keptBytes += record.event.size();
    state.newestMs = Math.max(state.newestMs, record.timeMs);
    if (Keeping.isTooMuch(state.kept, policy.mergeKeepEvents(), state.keptBytes)) {
      store(state, archive, events(state, archive));
    }
  }

  private void claim(LinksState state, Links links, IdentityRecord record, Outlet out)
      throws Exception {
    LinkList known = links.read();
    known = known == null ? new LinkList() : known;
    boolean changed = false;
    for (Mention mention : record.mentions) {
      Link link = known.find(mention);
      if (link == null) {
        known.add(new Link(mention.node, mention.weak, record.timeMs));
      } else if (isNews(link, record.timeMs)) {
        link.claimedAtMs = Math.max(link.claimedAtMs, record.timeMs);
      } else {
        continue;
      }
      changed = true;
      send(
          mention.weak,
          IdentityRecord.claim(mention, record.timeMs, record.key, state.merged),
          out);
    }
    if (changed) {
      links.write(known);
    }
  }

  /** A claim from before the newest one may matter to whoever shares the identifier. */
  private boolean isNews(Link link, long timeMs) {
    long since = timeMs - link.claimedAtMs;
    return since < 0 || since >= Math.max(1, policy.confirmEvery().toMillis());
  }

  private void merged(
      LinksState state, Links links, Archive archive, IdentityRecord record, Outlet out)
      throws Exception {
    String was = state.merged;
    String is = record.merged;
    if (Objects.equals(was, is)) {
      return;
    }
    state.merged = is;
    List<Kept> events = events(state, archive);
    if (was != null && !events.isEmpty()) {
      out.customer(Attribution.takeBack(was, record.timeMs, Keeping.hashes(events), record.key));
    }
    if (is == null) {
      out.customer(new Attribution(Attribution.RETURN, record.key, record.timeMs));
    } else {
      out.customer(Attribution.redirect(record.key, record.timeMs, is));
    }
    for (Kept event : events) {
      out.customer(
          is == null
              ? Attribution.event(Attribution.OWN, record.key, event)
              : Attribution.linked(is, event, record.key));
    }
    tellAll(links, IdentityRecord.MERGED, record, is, out);
  }

  private void erase(
      LinksState state, Links links, Archive archive, IdentityRecord record, Outlet out)
      throws Exception {
    if (record.timeMs <= state.erasedAtMs) {
      return;
    }
    state.erasedAtMs = record.timeMs;
    List<Kept> rest = new ArrayList<>(events(state, archive));
    rest.removeIf(event -> event.timeMs <= record.timeMs);
    store(state, archive, rest);
    out.customer(Attribution.event(Attribution.OWN, record.key, record.event));
    tellAll(links, IdentityRecord.ERASE, record, null, out);
    LinkList known = links.read();
    if (known != null) {
      known.links.removeIf(link -> link.claimedAtMs <= record.timeMs);
      links.write(known);
    }
  }

  private static void tellAll(
      Links links, int kind, IdentityRecord cause, String merged, Outlet out) throws Exception {
    LinkList known = links.read();
    if (known == null) {
      return;
    }
    for (Link link : known.links) {
      send(link.weak, IdentityRecord.of(kind, link.node, cause.timeMs, cause.key, merged), out);
    }
  }

  private static void send(boolean weak, IdentityRecord record, Outlet out) {
    if (weak) {
      out.weak(record);
    } else {
      out.strong(record);
    }
  }

  private List<Kept> events(LinksState state, Archive archive) throws Exception {
    return state.kept == 0
        ? List.of()
        : Keeping.newest(
            archive.read(), policy.mergeKeepEvents(), Keeping.edge(state.newestMs, policy));
  }

  private static void store(LinksState state, Archive archive, List<Kept> events) throws Exception {
    archive.replace(events);
    state.kept = events.size();
    state.keptBytes = Keeping.bytes(events);
  }
}
