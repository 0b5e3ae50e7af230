package io.nabz.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench jmh}: the small kernels that every event goes through. */
@Command(
    name = "jmh",
    mixinStandardHelpOptions = true,
    description = "Time of single kernels: decoding an event, writing a snapshot, counting.")
final class JmhCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      defaultValue = "io\\.nabz\\.benchmarks\\.jmh\\..*",
      paramLabel = "REGEX",
      description = "which ones (default: all)")
  String include;

  @Option(names = "--json", paramLabel = "FILE", description = "also write all figures here")
  Path json;

  @Override
  public Integer call() throws Exception {
    ChainedOptionsBuilder options = new OptionsBuilder().include(include).shouldFailOnError(true);
    if (json != null) {
      options.resultFormat(ResultFormatType.JSON).result(json.toString());
    }
    try {
      return new Runner(options.build()).run().isEmpty() ? Bench.FAILED : Bench.OK;
    } catch (NoBenchmarksException e) {
      throw new BenchException("no kernel matches '" + include + "'", e);
    }
  }
}
