package io.nabz.k8s;

import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one version table, read where the manifests have to agree with it. */
final class ParentPom {

  private static final Pattern PROPERTY =
      Pattern.compile("<([a-z0-9.-]+\\.version)>([^<$]+)</\\1>");
  private static final Pattern PROJECT =
      Pattern.compile("<artifactId>nabz</artifactId>\\s*<version>([^<]+)</version>");

  private ParentPom() {}

  static Properties properties() {
    Properties properties = new Properties();
    Matcher property = PROPERTY.matcher(Bundle.text("../pom.xml"));
    while (property.find()) {
      properties.setProperty(property.group(1), property.group(2));
    }
    return properties;
  }

  /** Without the suffix of a version that is not yet released. */
  static String projectVersion() {
    Matcher version = PROJECT.matcher(Bundle.text("../pom.xml"));
    if (!version.find()) {
      throw new IllegalStateException("the root pom.xml has no version");
    }
    return version.group(1).replace("-SNAPSHOT", "");
  }
}
