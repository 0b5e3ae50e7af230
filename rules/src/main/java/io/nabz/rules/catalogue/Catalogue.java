package io.nabz.rules.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.language.Rule;
import io.nabz.rules.language.RuleReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The rules that come with the product, from YAML on the class path. A rule of the same id takes
 * the place of one of these; disabled, it switches it off.
 */
public final class Catalogue {
  /** Reading and compiling them takes a moment, and they are the same for all of a process. */
  private static final class Loaded {
    static final List<Rule> RULES =
        new String(bytes("index"), UTF_8)
            .lines()
            .map(id -> RuleReader.read(bytes(id + ".yaml")))
            .toList();
  }

  private Catalogue() {}

  /** All of them, by id. */
  public static List<Rule> rules() {
    return Loaded.RULES;
  }

  /** The same ready to run, for one who runs them: their counters are their own. */
  public static List<CompiledRule> compiled() {
    return Loaded.RULES.stream().map(RuleCompiler::compile).toList();
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the catalogue's " + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the catalogue", e);
    }
  }
}
