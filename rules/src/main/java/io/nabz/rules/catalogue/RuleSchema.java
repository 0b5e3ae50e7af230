package io.nabz.rules.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The JSON Schema of the language, for editors and for those who write rules elsewhere. */
public final class RuleSchema {
  private RuleSchema() {}

  public static byte[] json() {
    try (InputStream in = RuleSchema.class.getResourceAsStream("/io/nabz/rules/rule.schema.json")) {
      if (in == null) {
        throw new IllegalStateException("the schema of rules is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the schema of rules", e);
    }
  }
}
