package io.nabz.broker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The child's own class path: the broker's jars must never meet the job's older clients. */
final class BrokerClassPath {
  /** The folder of the broker's jars; {@code target/lib} beside the classes when not set. */
  static final String LIB_PROPERTY = "nabz.broker.lib";

  private BrokerClassPath() {}

  static String find() {
    Path own = ownCode();
    String set = System.getProperty(LIB_PROPERTY);
    Path lib =
        set == null || set.isBlank() ? own.resolveSibling("lib") : Path.of(set).toAbsolutePath();
    List<String> entries = new ArrayList<>();
    for (Path jar : jars(lib)) {
      entries.add(jar.toString());
    }
    if (entries.isEmpty()) {
      throw new BrokerException(
          "the broker's jars are not in "
              + lib
              + "; run `mvn -pl broker package` or set -D"
              + LIB_PROPERTY);
    }
    // Last, so that the broker's versions win should this code sit in a bigger jar.
    entries.add(own.toString());
    return String.join(File.pathSeparator, entries);
  }

  private static Path ownCode() {
    try {
      return Path.of(
          BrokerClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> jars(Path lib) {
    if (!Files.isDirectory(lib)) {
      return List.of();
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(lib, "*.jar")) {
      found.forEach(jars::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jars.sort(null);
    return jars;
  }
}
