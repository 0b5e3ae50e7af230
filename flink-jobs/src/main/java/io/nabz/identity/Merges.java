package io.nabz.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who was merged into whom, for a tenant. Of each customer the newest word counts, whatever the
 * order of arrival; of merges that would run in a circle, the newest decides who remains.
 */
public final class Merges {
  /** More merges than that into one group are refused, so that no merge moves the world. */
  public static final int MAX_GROUP = 64;

  /** The records of one tenant, by customer. */
  public interface Table {
    /** Null when there is none. */
    MergeRecord get(String customer) throws Exception;

    void put(String customer, MergeRecord record) throws Exception;
  }

  private record Merge(String from, String into, long atMs) {}

  private Merges() {}

  /**
   * @return false when the group would become too large and nothing was changed
   */
  public static boolean apply(Table table, IdentityRecord record, Outlet out) throws Exception {
    switch (record.kind) {
      case IdentityRecord.MERGE, IdentityRecord.UNMERGE -> {
        return merge(table, record, out);
      }
      case IdentityRecord.ERASE -> {
        for (String member : group(table, record.target)) {
          IdentityRecord erase = IdentityRecord.event(IdentityRecord.ERASE, member, record.event);
          out.links(erase);
        }
        return true;
      }
      default -> throw new IllegalArgumentException("not for merges: " + record.kind);
    }
  }

  private static boolean merge(Table table, IdentityRecord record, Outlet out) throws Exception {
    String from = record.target;
    String into = record.merged;
    if (from.equals(into)) {
      return true;
    }
    Map<String, MergeRecord> group = new LinkedHashMap<>();
    collect(table, from, group);
    MergeRecord merge = group.get(from);
    if (!isNews(merge, into, record.timeMs)) {
      return true;
    }
    if (into != null) {
      collect(table, into, group);
      if (group.size() > MAX_GROUP) {
        return false;
      }
    }
    if (merge.into != null) {
      group.get(merge.into).from.remove(from);
    }
    merge.into = into;
    merge.atMs = record.timeMs;
    if (into != null) {
      group.get(into).from.add(from);
    }
    Map<String, String> roots = roots(group);
    for (Map.Entry<String, MergeRecord> member : group.entrySet()) {
      String root = roots.get(member.getKey());
      boolean moved = !Objects.equals(root, member.getValue().root);
      member.getValue().root = root;
      table.put(member.getKey(), member.getValue());
      if (moved) {
        out.links(
            IdentityRecord.of(
                IdentityRecord.MERGED, member.getKey(), record.timeMs, member.getKey(), root));
      }
    }
    return true;
  }

  /** At the same moment, parting beats merging and the greater name the lesser. */
  private static boolean isNews(MergeRecord known, String into, long atMs) {
    if (known.atMs != atMs) {
      return known.atMs < atMs;
    }
    return known.into != null && (into == null || into.compareTo(known.into) > 0);
  }

  private static void collect(Table table, String start, Map<String, MergeRecord> group)
      throws Exception {
    List<String> open = new ArrayList<>();
    open.add(start);
    while (!open.isEmpty()) {
      String customer = open.remove(open.size() - 1);
      if (group.containsKey(customer)) {
        continue;
      }
      MergeRecord record = table.get(customer);
      record = record == null ? new MergeRecord() : record;
      group.put(customer, record);
      open.addAll(record.from);
      if (record.into != null) {
        open.add(record.into);
      }
    }
  }

  /** The customer and all who are it, or whom it is, now. */
  private static List<String> group(Table table, String customer) throws Exception {
    Map<String, MergeRecord> group = new LinkedHashMap<>();
    collect(table, customer, group);
    String root = rootOf(customer, group);
    List<String> members = new ArrayList<>();
    for (String member : group.keySet()) {
      if (rootOf(member, group).equals(root)) {
        members.add(member);
      }
    }
    return members;
  }

  private static String rootOf(String customer, Map<String, MergeRecord> group) {
    String root = group.get(customer).root;
    return root == null ? customer : root;
  }

  /** Whom each of them is, null for itself: merges in the order of their times. */
  private static Map<String, String> roots(Map<String, MergeRecord> group) {
    List<Merge> merges = new ArrayList<>();
    group.forEach(
        (from, record) -> {
          if (record.into != null) {
            merges.add(new Merge(from, record.into, record.atMs));
          }
        });
    merges.sort(Comparator.comparingLong(Merge::atMs).thenComparing(Merge::from));
    Map<String, String> into = new HashMap<>();
    for (Merge merge : merges) {
      if (merge.from().equals(follow(into, merge.into()))) {
        into.remove(merge.into());
      }
      into.put(merge.from(), merge.into());
    }
    Map<String, String> roots = new HashMap<>();
    for (String customer : group.keySet()) {
      String root = follow(into, customer);
      roots.put(customer, root.equals(customer) ? null : root);
    }
    return roots;
  }

  private static String follow(Map<String, String> into, String customer) {
    String at = customer;
    while (into.containsKey(at)) {
      at = into.get(at);
    }
    return at;
  }
}
