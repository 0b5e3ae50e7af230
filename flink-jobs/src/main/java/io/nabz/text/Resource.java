package io.nabz.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the tab-separated files that the reader's knowledge is kept in. */
final class Resource {
  private Resource() {}

  static InputStream open(String name) {
    InputStream in = Resource.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(
          "the resource io/nabz/text/" + name + " is missing; build the project again");
    }
    return in;
  }

  /** The rows of a shipped file, without comments and empty lines. */
  static List<String[]> rows(String name) {
    try (Reader in = new InputStreamReader(open(name), StandardCharsets.UTF_8)) {
      return rows(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String[]> rows(Reader in) throws IOException {
    List<String[]> rows = new ArrayList<>();
    BufferedReader lines = new BufferedReader(in);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        rows.add(line.split("\t", -1));
      }
    }
    return rows;
  }
}
