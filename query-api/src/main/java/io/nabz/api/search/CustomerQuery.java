package io.nabz.api.search;

import static java.util.Objects.requireNonNull;

import io.nabz.api.store.SearchFields;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Reads a question such as {@code sara flag:repeat_caller spend>=100 lastContact<7d -tier:gold}:
 * all parts have to hold, a part with a dash must not. A bare word is (the beginning of) a name in
 * either script, or an identifier, written in any way.
 */
public final class CustomerQuery {
  static final int MAX_CHARS = 500;
  private static final int MAX_PARTS = 20;

  /** A skeleton shorter than this fits half the customers. */
  private static final int MIN_SKELETON = 2;

  private static final Pattern PART = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern FIELD = Pattern.compile("([A-Za-z]{1,20})(:|>=|<=|>|<|=)(.{1,200})");
  private static final Pattern AGO = Pattern.compile("(\\d{1,5})([mhd])");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");
  private static final Set<String> WORDS =
      Set.of(
          CustomerDocument.FLAG,
          CustomerDocument.SENTIMENT,
          CustomerDocument.TIER,
          CustomerDocument.STAGE);
  private static final String EXAMPLE =
      "send words, and parts such as flag:repeat_caller, sentiment:negative, tier:gold,"
          + " stage:need_help, phone:0912..., spend>=100, orders>2, lastContact<7d";

  private final IdentifierNormaliser normaliser;
  private final Instant now;
  private final boolean direct;

  /**
   * @param direct whether names and identifiers may be asked for
   */
  public CustomerQuery(IdentifierNormaliser normaliser, Instant now, boolean direct) {
    this.normaliser = requireNonNull(normaliser, "normaliser is null");
    this.now = requireNonNull(now, "now is null");
    this.direct = direct;
  }

  /**
   * @throws IllegalArgumentException saying what to send
   */
  public Query parse(String tenant, String text) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(new TermQuery(new Term(CustomerDocument.TENANT, tenant)), Occur.FILTER);
    for (Condition condition : conditions(text)) {
      if (condition.not()) {
        all.add(new MatchAllDocsQuery(), Occur.FILTER);
        all.add(condition.query(), Occur.MUST_NOT);
      } else {
        all.add(condition.query(), Occur.MUST);
      }
    }
    return all.build();
  }

  /**
   * The parts of a question, all of which have to hold.
   *
   * @throws IllegalArgumentException saying what to send
   */
  public List<Condition> conditions(String text) {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("send " + MAX_CHARS + " characters at most");
    }
    List<Condition> conditions = new ArrayList<>();
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      if (conditions.size() == MAX_PARTS) {
        throw new IllegalArgumentException("send " + MAX_PARTS + " parts at most");
      }
      boolean quoted = parts.group(1) != null;
      String part = quoted ? parts.group(1) : parts.group(2);
      boolean not = !quoted && part.length() > 1 && part.charAt(0) == '-';
      Condition condition =
          quoted ? Condition.of(words(part)) : part(not ? part.substring(1) : part);
      conditions.add(not ? condition.denied() : condition);
    }
    return conditions;
  }

  private Condition part(String part) {
    Matcher field = FIELD.matcher(part);
    if (!field.matches()) {
      return Condition.of(words(part));
    }
    String name = field.group(1);
    String operator = field.group(2);
    String value = field.group(3);
    boolean equal = operator.equals(":") || operator.equals("=");
    if (WORDS.contains(name) && equal) {
      String code = value.toLowerCase(Locale.ROOT);
      return Condition.of(
          new TermQuery(new Term(name, code)),
          (fields, at) ->
              codes(fields, name).anyMatch(c -> c.toLowerCase(Locale.ROOT).equals(code)));
    }
    IdentifierType type = IdentifierType.ofOrNull(name);
    if (type != null && equal) {
      return Condition.of(identifier(type, value));
    }
    return switch (name) {
      case CustomerDocument.SPEND -> spend(operator, number(name, value));
      case CustomerDocument.ORDERS -> {
        LongRange range = LongRange.of(operator, (long) number(name, value));
        yield Condition.of(range.query(name), (fields, at) -> range.holds(fields.orders()));
      }
      case CustomerDocument.LAST_CONTACT -> lastContact(operator, value);
      default -> throw new IllegalArgumentException("'" + name + "' is not known; " + EXAMPLE);
    };
  }

  private static Stream<String> codes(SearchFields fields, String name) {
    return switch (name) {
      case CustomerDocument.FLAG -> fields.flags().stream();
      case CustomerDocument.SENTIMENT -> Stream.ofNullable(fields.sentiment());
      case CustomerDocument.TIER -> Stream.ofNullable(fields.tier());
      default -> Stream.ofNullable(fields.stage());
    };
  }

  private Query identifier(IdentifierType type, String value) {
    requireDirect();
    Identifier identifier = normaliser.normalise(type, value);
    if (identifier == null) {
      throw new IllegalArgumentException("nothing of the value is usable as " + type.code());
    }
    String field =
        type == IdentifierType.CUSTOMER_ID
            ? CustomerDocument.IDENTIFIER
            : CustomerDocument.ofType(type.code());
    return new TermQuery(new Term(field, identifier.value()));
  }

  /** Words that must all be of one name, or one that is an identifier. */
  private Query words(String text) {
    requireDirect();
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    any.add(boosted(new TermQuery(new Term(CustomerDocument.IDENTIFIER, text)), 8), Occur.SHOULD);
    for (IdentifierType type : List.of(IdentifierType.PHONE, IdentifierType.EMAIL)) {
      Identifier identifier = normaliser.normalise(type, text);
      if (identifier != null) {
        Term term = new Term(CustomerDocument.ofType(type.code()), identifier.value());
        any.add(boosted(new TermQuery(term), 8), Occur.SHOULD);
      }
    }
    List<String> words = Names.words(text);
    if (!words.isEmpty()) {
      any.add(allOf(words), Occur.SHOULD);
    }
    return any.build();
  }

  private static Query allOf(List<String> words) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String word : words) {
      List<Query> ways = new ArrayList<>();
      ways.add(boosted(new TermQuery(new Term(CustomerDocument.NAME, word)), 4));
      ways.add(boosted(new PrefixQuery(new Term(CustomerDocument.NAME, word)), 2));
      String skeleton = Names.skeleton(word);
      if (skeleton.length() >= MIN_SKELETON) {
        ways.add(new TermQuery(new Term(CustomerDocument.SKELETON, skeleton)));
      }
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      ways.forEach(way -> any.add(way, Occur.SHOULD));
      all.add(any.build(), Occur.MUST);
    }
    return all.build();
  }

  private void requireDirect() {
    if (!direct) {
      throw new IllegalArgumentException(
          "your role does not see names and identifiers; ask by flag, sentiment, tier, stage,"
              + " spend, orders and lastContact");
    }
  }

  private static Query boosted(Query query, float boost) {
    return new BoostQuery(query, boost);
  }

  private static double number(String name, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(name + ": send a number, e.g. " + name + ">=100");
    }
    return Double.parseDouble(text);
  }

  private static Condition spend(String operator, double value) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    switch (operator) {
      case ">" -> low = Math.nextUp(value);
      case ">=" -> low = value;
      case "<" -> high = Math.nextDown(value);
      case "<=" -> high = value;
      default -> {
        low = value;
        high = value;
      }
    }
    double from = low;
    double to = high;
    return Condition.of(
        DoublePoint.newRangeQuery(CustomerDocument.SPEND, from, to),
        (fields, at) -> {
          if (fields.spend() == null) {
            return false;
          }
          double spend = fields.spend().doubleValue();
          return spend >= from && spend <= to;
        });
  }

  /** {@code <7d} is less than seven days ago, so later than then; a time stands for itself. */
  private Condition lastContact(String operator, String text) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long amount = Long.parseLong(ago.group(1));
      Duration back =
          switch (ago.group(2)) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          };
      String turned = turned(operator);
      return new Condition(
          false,
          since(turned, now.minus(back)).query(CustomerDocument.LAST_CONTACT),
          (fields, at) -> isThen(fields, since(turned, at.minus(back))),
          back);
    }
    try {
      LongRange range = since(operator, OffsetDateTime.parse(text).toInstant());
      return Condition.of(
          range.query(CustomerDocument.LAST_CONTACT), (fields, at) -> isThen(fields, range));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "lastContact: send e.g. lastContact<7d or lastContact>2026-11-22T10:15:30Z", e);
    }
  }

  private static LongRange since(String operator, Instant time) {
    return LongRange.of(operator, time.toEpochMilli());
  }

  private static boolean isThen(SearchFields fields, LongRange range) {
    return fields.lastContactAt() != null && range.holds(fields.lastContactAt().toEpochMilli());
  }

  private static String turned(String operator) {
    return switch (operator) {
      case ">" -> "<";
      case ">=" -> "<=";
      case "<" -> ">";
      case "<=" -> ">=";
      default -> throw new IllegalArgumentException("lastContact: compare an age with < or >");
    };
  }
}
