package io.nabz.api.store;

import io.nabz.model.CustomerKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which customers the search index has still to take up, in their order. Written with the snapshots
 * in one step and removed only when the index is safe on disk, so the two never part.
 */
final class SearchTodo {
  static final byte[] ALL = Keys.own("todo").done();
  private static final byte[] COUNTER = Keys.own("search-todo").done();

  /** An entry with no customer: forget everything. */
  private static final byte[] EVERYTHING = new byte[0];

  private SearchTodo() {}

  static void add(Transaction to, CustomerKey key, SearchFields former, SearchFields now) {
    if (former != null && former.equals(now)) {
      return;
    }
    put(to, key.toString().getBytes(StandardCharsets.UTF_8));
  }

  static void addEverything(Transaction to) {
    put(to, EVERYTHING);
  }

  private static void put(Transaction to, byte[] value) {
    to.put(
        Column.SEARCH_TODO, Keys.own("todo").number(to.add(Column.META, COUNTER, 1)).done(), value);
  }

  /**
   * The entries after a number.
   *
   * @param limit the most of them
   */
  static List<SearchTask> after(Reader reader, long number, int limit) {
    List<SearchTask> tasks = new ArrayList<>();
    reader.ascend(
        Column.SEARCH_TODO,
        ALL,
        Keys.own("todo").number(number + 1).done(),
        (key, value) -> {
          CustomerKey customer =
              value.length == 0
                  ? null
                  : CustomerKey.parse(new String(value, StandardCharsets.UTF_8));
          tasks.add(new SearchTask(Keys.lastLong(key), customer));
          return tasks.size() < limit;
        });
    return tasks;
  }
}
