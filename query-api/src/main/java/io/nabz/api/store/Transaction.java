package io.nabz.api.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatchWithIndex;
import org.rocksdb.WriteOptions;

/** Writes that become visible together, and reads that see them already. */
final class Transaction implements AutoCloseable {
  private final RocksDB db;
  private final Map<Column, ColumnFamilyHandle> handles;
  private final WriteBatchWithIndex batch = new WriteBatchWithIndex(true);
  private final ReadOptions readOptions = new ReadOptions();

  Transaction(RocksDB db, Map<Column, ColumnFamilyHandle> handles) {
    this.db = db;
    this.handles = handles;
  }

  byte[] get(Column column, byte[] key) {
    try {
      return batch.getFromBatchAndDB(db, handles.get(column), readOptions, key);
    } catch (RocksDBException e) {
      throw failed(column, e);
    }
  }

  long getLong(Column column, byte[] key) {
    byte[] value = get(column, key);
    return value == null ? 0 : Keys.firstLong(value);
  }

  void put(Column column, byte[] key, byte[] value) {
    try {
      batch.put(handles.get(column), key, value);
    } catch (RocksDBException e) {
      throw failed(column, e);
    }
  }

  void delete(Column column, byte[] key) {
    try {
      batch.delete(handles.get(column), key);
    } catch (RocksDBException e) {
      throw failed(column, e);
    }
  }

  /** Adds to a counter and returns what it is then. */
  long add(Column column, byte[] key, long delta) {
    long sum = getLong(column, key) + delta;
    put(column, key, Keys.longBytes(sum));
    return sum;
  }

  List<byte[]> keysUnder(Column column, byte[] prefix) {
    List<byte[]> keys = new ArrayList<>();
    ColumnFamilyHandle handle = handles.get(column);
    try (RocksIterator at = batch.newIteratorWithBase(handle, db.newIterator(handle))) {
      for (at.seek(prefix); at.isValid() && Keys.startsWith(at.key(), prefix); at.next()) {
        keys.add(at.key());
      }
    }
    return keys;
  }

  void commit(WriteOptions options) {
    try {
      db.write(options, batch);
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot write the views; is the disk full?", e);
    }
  }

  @Override
  public void close() {
    readOptions.close();
    batch.close();
  }

  private static IllegalStateException failed(Column column, RocksDBException e) {
    return new IllegalStateException("cannot use the view " + column, e);
  }
}
