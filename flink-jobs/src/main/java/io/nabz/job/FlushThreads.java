package io.nabz.job;

import java.util.Collection;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * Lets several operators' write buffers be flushed at once. RocksDB flushes those of all databases
 * of a process on one thread, so that at a checkpoint, when each operator waits for its own, the
 * small ones wait for the large one as well.
 */
public final class FlushThreads implements RocksDBOptionsFactory {
  private static final long serialVersionUID = 1;

  private static final int FLUSHES = 3;
  private static final int COMPACTIONS = 1;

  // RocksDB would rather have one number for both, of which it gives flushes a quarter.
  @SuppressWarnings("deprecation")
  @Override
  public DBOptions createDBOptions(DBOptions current, Collection<AutoCloseable> toClose) {
    return current.setMaxBackgroundFlushes(FLUSHES).setMaxBackgroundCompactions(COMPACTIONS);
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions current, Collection<AutoCloseable> toClose) {
    return current;
  }
}
