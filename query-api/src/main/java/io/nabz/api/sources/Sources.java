package io.nabz.api.sources;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.mapping.MappingException;
import io.nabz.api.mapping.Rules;
import io.nabz.model.CustomerKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configured sources: one YAML file each in a folder, read at the start. {@code NAME.yaml}
 * holds {@code kind} (one that is shipped) or {@code mapping} (a file of one's own beside it),
 * {@code tenant}, and {@code secret} or {@code secretFile} where the kind signs.
 */
public final class Sources {
  /** The kinds that are shipped. */
  public static final List<String> KINDS = List.of("chatwoot", "shopify", "woocommerce", "generic");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Set<String> FIELDS =
      Set.of("kind", "mapping", "tenant", "secret", "secretFile");
  private static final String SUFFIX = ".yaml";
  private static final String MAPPING_SUFFIX = ".mapping.yaml";

  private final Map<String, Source> sources = new HashMap<>();

  private Sources() {}

  /**
   * @throws IllegalArgumentException naming the file that is wrong and what to write in it
   */
  public static Sources load(Path folder) {
    Sources all = new Sources();
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX) && !name.endsWith(MAPPING_SUFFIX)) {
          Source source = read(file, name.substring(0, name.length() - SUFFIX.length()));
          all.sources.put(source.name(), source);
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the sources in " + folder, e);
    }
  }

  public Optional<Source> named(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  /** A kind that is shipped. */
  public static SourceKind kind(String name) throws IOException {
    if (!KINDS.contains(name)) {
      throw new MappingException("kind is '" + name + "' and not one of " + KINDS);
    }
    try (InputStream in = Sources.class.getResourceAsStream(name + SUFFIX)) {
      return SourceKind.read(in);
    }
  }

  private static Source read(Path file, String name) {
    try (InputStream in = Files.newInputStream(file)) {
      JsonNode document = Rules.yaml(in);
      if (!NAME.matcher(name).matches()) {
        throw new MappingException("the name may have letters, digits, '.', '-' and '_'");
      }
      for (Map.Entry<String, JsonNode> field : document.properties()) {
        if (!FIELDS.contains(field.getKey())) {
          throw new MappingException("'" + field.getKey() + "' is not one of " + FIELDS);
        }
      }
      SourceKind kind = kind(file, document);
      String secret = secret(file, document);
      if (kind.signature() != null && secret == null) {
        throw new MappingException("this kind signs; give secret or secretFile");
      }
      return new Source(
          name, document.path("tenant").asText(CustomerKey.DEFAULT_TENANT), kind, secret);
    } catch (IOException | MappingException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static SourceKind kind(Path file, JsonNode document) throws IOException {
    if (document.hasNonNull("mapping")) {
      Path mapping = file.resolveSibling(document.get("mapping").asText());
      try (InputStream in = Files.newInputStream(mapping)) {
        return SourceKind.read(in);
      } catch (MappingException e) {
        throw new MappingException(mapping.getFileName() + ": " + e.getMessage());
      }
    }
    return kind(document.path("kind").asText());
  }

  private static String secret(Path file, JsonNode document) throws IOException {
    if (document.hasNonNull("secretFile")) {
      Path secret = file.resolveSibling(document.get("secretFile").asText());
      return Files.readString(secret).strip();
    }
    return document.path("secret").asText(null);
  }
}
