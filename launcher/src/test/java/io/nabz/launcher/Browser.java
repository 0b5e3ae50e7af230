package io.nabz.launcher;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Chromium of this machine, steered by Playwright, which never downloads one of its own. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Browser(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /** Skips the test where there is no Chromium; on CI there must be one. */
  static Browser open() {
    Optional<Path> executable = find();
    if (executable.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("no chromium on the PATH, and on CI the pages must be tested");
    }
    assumeTrue(executable.isPresent(), "install chromium to test the pages");
    return new Browser(executable.orElseThrow());
  }

  /** A fresh visitor's page of desktop size. */
  Page visitor() {
    return browser
        .newContext(
            new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1440, 900))
        .newPage();
  }

  private static Optional<Path> find() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
