package io.nabz.launcher;

import io.nabz.model.IdentifierNormaliser;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option of commands that read phone numbers as people write them. */
public final class RegionOption {
  @Option(
      names = "--default-region",
      paramLabel = "CC",
      description = "Country of phone numbers without a country code (default: ${DEFAULT-VALUE}).")
  private String region = "IR";

  /**
   * @throws ParameterException when there is no such country
   */
  public IdentifierNormaliser normaliser(CommandSpec spec) {
    try {
      return new IdentifierNormaliser(region);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--default-region: " + e.getMessage(), e);
    }
  }
}
