package io.nabz.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the recorded data sets, which are too big for the repository: in the folder named by the
 * system property or environment variable {@code NABZ_RECORDINGS}, else beside the repository.
 */
public final class RecordedData {
  private static final String SETTING = "NABZ_RECORDINGS";

  private RecordedData() {}

  /** What to say in a test that is skipped for want of a recording. */
  public static String missing(String relative) {
    return relative
        + " is not among the recordings; set "
        + SETTING
        + " to the folder that holds them to run this test";
  }

  /** A file or folder of the recordings, when it is there. */
  public static Optional<Path> find(String relative) {
    return folder().map(folder -> folder.resolve(relative)).filter(Files::exists);
  }

  private static Optional<Path> folder() {
    String set = System.getProperty(SETTING, System.getenv(SETTING));
    if (set != null && !set.isBlank()) {
      return Optional.of(Path.of(set));
    }
    Path root = Path.of(System.getProperty("nabz.root", ".")).toAbsolutePath().normalize();
    return Optional.ofNullable(root.getParent())
        .map(parent -> parent.resolve("shared").resolve("data"))
        .filter(Files::isDirectory);
  }
}
