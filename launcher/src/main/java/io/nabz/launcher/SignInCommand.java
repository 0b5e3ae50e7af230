package io.nabz.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./nabz signin}: another one-time link into the pages, on standard output. */
@Command(
    name = "signin",
    mixinStandardHelpOptions = true,
    description = "Prints a sign-in link for the pages of the running service; it works once.")
final class SignInCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private DataDirOption dataDir;

  @Override
  public Integer call() throws InterruptedException {
    ServiceFile service = ServiceFile.of(dataDir.path());
    String token =
        EmbeddedIssuer.open(dataDir.auth())
            .token("local", Set.of(Role.ADMIN), "default", Duration.ofMinutes(1));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.apiPort() + "/v1/tickets"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode ticket = new ObjectMapper().readTree(response.body()).path("ticket");
      if (response.statusCode() / 100 != 2 || !ticket.isTextual()) {
        throw new LaunchException(
            "the service refused a ticket (HTTP %d); restart it with ./nabz up"
                .formatted(response.statusCode()));
      }
      System.out.println(service.apiUrl() + "/signin?ticket=" + ticket.textValue());
      return 0;
    } catch (IOException e) {
      throw new LaunchException(
          "the service at %s does not answer; restart it with ./nabz up"
              .formatted(service.apiUrl()),
          e);
    }
  }
}
