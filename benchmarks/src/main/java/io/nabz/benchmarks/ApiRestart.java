package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the API takes from its start until it is ready, with a view of many customers: to read
 * it all for the first time, and to go on after a stop, and after a {@code kill -9} while more
 * came.
 */
final class ApiRestart implements ApiPart {
  private static final int MEANWHILE = 10_000;
  private static final int LOOKED_AT = 100;
  private static final Duration FIRST_WITHIN = Duration.ofMinutes(30);

  private final Lab lab;
  private final Workspace workspace;
  private final int customers;
  private final List<String> failures = new ArrayList<>();

  ApiRestart(Lab lab, Workspace workspace, int customers) {
    this.lab = lab;
    this.workspace = workspace;
    this.customers = customers;
  }

  @Override
  public String run() throws Exception {
    Table table = new Table(List.of("start", "customers", "ready after s"));
    Path data = workspace.folder("api");
    try (RecordFeed feed = new RecordFeed(lab.bootstrapServers())) {
      feed(feed, customers, 1);
      Progress.say("%,d snapshots are in the topic", customers);
      ApiChild api = ready(table, "the first: all is read", data);
      api.close();
      api = ready(table, "after a stop", data);
      api.kill();
      feed(feed, Math.min(MEANWHILE, customers), 2);
      api = ready(table, "after a kill -9, with %,d newer ones".formatted(MEANWHILE), data);
      try (ApiChild last = api) {
        look(last);
      }
    }
    return table.render();
  }

  @Override
  public List<String> failures() {
    return failures;
  }

  private ApiChild ready(Table table, String what, Path data) throws InterruptedException {
    long begin = System.nanoTime();
    ApiChild api = ApiChild.api(lab.bootstrapServers(), data, FIRST_WITHIN);
    double seconds = (System.nanoTime() - begin) / 1e9;
    table.add(
        List.of(
            what,
            String.format(Locale.ROOT, "%,d", customers),
            String.format(Locale.ROOT, "%.1f", seconds)));
    return api;
  }

  /** The newest of each must be there, whatever was killed. */
  private void look(ApiChild api) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    String token = api.token();
    for (long i = 0; i < LOOKED_AT; i++) {
      long number = i * (customers / LOOKED_AT);
      String id = ApiSnapshots.customer(number);
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:%d/v1/customers/%s".formatted(api.port(), id)))
              .header("Authorization", "Bearer " + token)
              .build();
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      long version = number < MEANWHILE ? 2 : 1;
      if (answer.statusCode() != 200
          || Json.tree(answer.body()).path("version").asLong() != version) {
        failures.add("version %d of %s is not in the view".formatted(version, id));
      }
    }
  }

  private static void feed(RecordFeed feed, int customers, long version) {
    for (int i = 0; i < customers; i++) {
      String id = ApiSnapshots.customer(i);
      feed.send(
          Topic.SNAPSHOTS, ("default/" + id).getBytes(UTF_8), ApiSnapshots.json(id, version), null);
    }
    feed.flush();
  }
}
