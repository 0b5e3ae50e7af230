package io.nabz.launcher;

import io.nabz.model.CustomerKey;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option that says whose customers are meant. */
public final class TenantOption {
  @Option(
      names = "--tenant",
      paramLabel = "T",
      description = "Whose customers they are (default: ${DEFAULT-VALUE}).")
  private String tenant = CustomerKey.DEFAULT_TENANT;

  /**
   * @throws ParameterException when it is none
   */
  public String of(CommandSpec spec) {
    if (!CustomerKey.isTenant(tenant)) {
      throw new ParameterException(
          spec.commandLine(), "--tenant: 1 to 64 of letters, digits, '.', '-' and '_'");
    }
    return tenant;
  }
}
