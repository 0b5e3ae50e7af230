package io.nabz.api.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RocksDB with its column families. Reads see one consistent moment and never wait for the
 * writer; the lock only keeps a reader from a database that is being closed, which would end the
 * process.
 */
final class ViewDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ViewDatabase.class);
  private static final long BLOCK_CACHE_BYTES = 64L << 20;
  private static final long WRITE_BUFFER_BYTES = 8L << 20;

  /**
   * After a crash as much is read again. Left to itself RocksDB keeps the log until the column that
   * changes least has filled a buffer.
   */
  private static final long LOG_BYTES = 64L << 20;

  private static final int LOG_FILES_KEPT = 3;

  /**
   * An index in one piece is larger than a shard of the cache once a file holds some ten thousand
   * snapshots; it would then be read from disk, megabytes of it, with every single look-up.
   */
  private static final long INDEX_PART_BYTES = 4L << 10;

  /** All keys begin with a tenant, and those are plain ASCII, or with a zero. */
  private static final byte[] PAST_ALL_KEYS = {(byte) 0xFF};

  static {
    RocksDB.loadLibrary();
  }

  private final List<RocksObject> owned = new ArrayList<>();
  private final Map<Column, ColumnFamilyHandle> handles = new EnumMap<>(Column.class);
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final WriteOptions writeOptions;
  private final RocksDB db;
  private boolean closed;

  private ViewDatabase(Path directory) throws RocksDBException {
    Cache cache = own(new LRUCache(BLOCK_CACHE_BYTES));
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(own(new BloomFilter(10)))
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setIndexType(IndexType.kTwoLevelIndexSearch)
            .setPartitionFilters(true)
            .setMetadataBlockSize(INDEX_PART_BYTES)
            .setPinTopLevelIndexAndFilter(true);
    ColumnFamilyOptions columnOptions =
        own(new ColumnFamilyOptions())
            .setTableFormatConfig(table)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setWriteBufferSize(WRITE_BUFFER_BYTES);
    DBOptions options =
        own(new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setMaxTotalWalSize(LOG_BYTES)
            .setKeepLogFileNum(LOG_FILES_KEPT);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, columnOptions));
    for (Column column : Column.values()) {
      descriptors.add(new ColumnFamilyDescriptor(column.columnName(), columnOptions));
    }
    List<ColumnFamilyHandle> opened = new ArrayList<>();
    this.writeOptions = own(new WriteOptions());
    this.db = RocksDB.open(options, directory.toString(), descriptors, opened);
    for (int i = 0; i < opened.size(); i++) {
      own(opened.get(i));
      if (i > 0) {
        handles.put(Column.values()[i - 1], opened.get(i));
      }
    }
  }

  static ViewDatabase open(Path directory) {
    try {
      Files.createDirectories(directory);
      return new ViewDatabase(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot create " + directory + "; make it writable for this user", e);
    } catch (RocksDBException e) {
      throw new IllegalStateException(
          "cannot open the views in "
              + directory
              + "; stop the other process that uses them, or delete the folder to build them anew",
          e);
    }
  }

  /** Reads at one moment. */
  <T> T read(Function<Reader, T> reading) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new StoreClosedException();
      }
      Snapshot moment = db.getSnapshot();
      try (ReadOptions options = new ReadOptions().setSnapshot(moment)) {
        return reading.apply(new Reader(db, handles, options));
      } finally {
        db.releaseSnapshot(moment);
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Writes all or nothing of it; only one thread may write. */
  <T> T write(Function<Transaction, T> writing) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new StoreClosedException();
      }
      try (Transaction transaction = new Transaction(db, handles)) {
        T result = writing.apply(transaction);
        transaction.commit(writeOptions);
        return result;
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Removes keys from one on up to another, which stays; what is written meanwhile is kept. */
  void removeRange(Column column, byte[] from, byte[] to) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new StoreClosedException();
      }
      db.deleteRange(handles.get(column), writeOptions, from, to);
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot shorten " + column, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Empties columns and changes {@link Column#META} in one step.
   *
   * @param metaGone keys and everything under them
   */
  void clear(List<Column> columns, List<byte[]> metaGone, Map<byte[], byte[]> metaNew) {
    lock.readLock().lock();
    try (WriteBatch batch = new WriteBatch()) {
      if (closed) {
        throw new StoreClosedException();
      }
      for (Column column : columns) {
        batch.deleteRange(handles.get(column), new byte[0], PAST_ALL_KEYS);
      }
      for (byte[] prefix : metaGone) {
        batch.deleteRange(handles.get(Column.META), prefix, Keys.after(prefix));
      }
      for (Map.Entry<byte[], byte[]> entry : metaNew.entrySet()) {
        batch.put(handles.get(Column.META), entry.getKey(), entry.getValue());
      }
      db.write(writeOptions, batch);
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot clear the views " + columns, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      flush();
      handles.values().forEach(ColumnFamilyHandle::close);
      db.close();
      for (int i = owned.size() - 1; i >= 0; i--) {
        owned.get(i).close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** What is in files is not read again from the log at the next start. */
  private void flush() {
    try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
      db.flush(options, List.copyOf(handles.values()));
    } catch (RocksDBException e) {
      LOG.warn("the views could not be flushed; the next start reads their log: {}", e.toString());
    }
  }

  private <T extends RocksObject> T own(T object) {
    owned.add(object);
    return object;
  }

  /** The API is stopping. */
  static final class StoreClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    StoreClosedException() {
      super("the views are closed");
    }
  }
}
