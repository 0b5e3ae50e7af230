package io.nabz.launcher;

import java.nio.file.Path;

/** Chooses where logs go; has to be called before the first logger is made. */
final class Logging {
  private static final String CONFIG = "log4j2.configurationFile";

  private Logging() {}

  /** Errors only, to standard error: for commands that talk themselves. */
  static void quiet() {
    if (System.getProperty(CONFIG) == null) {
      System.setProperty(CONFIG, "nabz-quiet-log4j2.properties");
    }
  }

  /** Everything to rolling files in the folder, nothing to the console. */
  static void toFiles(Path folder) {
    System.setProperty("nabz.logs", folder.toString());
    System.setProperty(CONFIG, "nabz-service-log4j2.properties");
  }
}
