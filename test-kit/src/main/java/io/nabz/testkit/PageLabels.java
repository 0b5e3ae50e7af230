package io.nabz.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of the stream that the pages have a label for, read from their language tables. A word
 * without one is shown raw, in the middle of a Persian sentence.
 */
public final class PageLabels {
  private static final List<String> LANGUAGES = List.of("en", "fa");

  /** A row such as {@code 'topic.billing': 'Billing',}. */
  private static final Pattern ROW =
      Pattern.compile("^ +'([a-zA-Z]+)\\.([^']+)': *['\"].*\\S.*['\"],$", Pattern.MULTILINE);

  private PageLabels() {}

  /** Fails with the words of the group that have no label in one of the languages. */
  public static void assertLabelled(String group, Collection<String> words) {
    assertThat(words).as("words of the group " + group).isNotEmpty();
    for (String language : LANGUAGES) {
      Path table = table(language);
      assertThat(words).as("'%s.*' in %s", group, table).isSubsetOf(labelled(table, group));
    }
  }

  private static Path table(String language) {
    return Path.of(
        System.getProperty("nabz.root"), "dashboards", "src", "lib", "i18n", language + ".ts");
  }

  private static Set<String> labelled(Path table, String group) {
    try {
      return ROW.matcher(Files.readString(table))
          .results()
          .filter(row -> row.group(1).equals(group))
          .map(row -> row.group(2))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
