package io.nabz.api.store;

import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The view database at one moment. */
final class Reader {
  /** What to do with an entry; false ends the scan. */
  interface Visitor {
    boolean visit(byte[] key, byte[] value);
  }

  private final RocksDB db;
  private final Map<Column, ColumnFamilyHandle> handles;
  private final ReadOptions options;

  Reader(RocksDB db, Map<Column, ColumnFamilyHandle> handles, ReadOptions options) {
    this.db = db;
    this.handles = handles;
    this.options = options;
  }

  byte[] get(Column column, byte[] key) {
    try {
      return db.get(handles.get(column), options, key);
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot read the view " + column, e);
    }
  }

  long getLong(Column column, byte[] key) {
    byte[] value = get(column, key);
    return value == null ? 0 : Keys.firstLong(value);
  }

  /**
   * Visits the entries under the prefix upwards, from {@code from} on.
   *
   * @return whether it came to the end of the prefix
   */
  boolean ascend(Column column, byte[] prefix, byte[] from, Visitor visitor) {
    try (RocksIterator at = db.newIterator(handles.get(column), options)) {
      for (at.seek(from); at.isValid(); at.next()) {
        byte[] key = at.key();
        if (!Keys.startsWith(key, prefix)) {
          return true;
        }
        if (!visitor.visit(key, at.value())) {
          return false;
        }
      }
      return ended(column, at);
    }
  }

  /** The same downwards, from {@code from}, which is itself visited if it is there. */
  boolean descend(Column column, byte[] prefix, byte[] from, Visitor visitor) {
    try (RocksIterator at = db.newIterator(handles.get(column), options)) {
      for (at.seekForPrev(from); at.isValid(); at.prev()) {
        byte[] key = at.key();
        if (!Keys.startsWith(key, prefix)) {
          return true;
        }
        if (!visitor.visit(key, at.value())) {
          return false;
        }
      }
      return ended(column, at);
    }
  }

  private static boolean ended(Column column, RocksIterator at) {
    try {
      at.status();
      return true;
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot read the view " + column, e);
    }
  }
}
