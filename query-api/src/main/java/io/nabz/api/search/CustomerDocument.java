package io.nabz.api.search;

import io.nabz.api.store.SearchFields;
import io.nabz.model.CustomerKey;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;

/** How a customer stands in the index. */
final class CustomerDocument {
  static final String KEY = "key";
  static final String TENANT = "tenant";
  static final String NAME = "name";
  static final String SKELETON = "skeleton";
  static final String IDENTIFIER = "id";
  static final String FLAG = "flag";
  static final String SENTIMENT = "sentiment";
  static final String TIER = "tier";
  static final String STAGE = "stage";
  static final String SPEND = "spend";
  static final String ORDERS = "orders";
  static final String LAST_CONTACT = "lastContact";

  /** The same to sort by: a field has one make in all documents, and not all have a contact. */
  static final String NEWEST = "newest";

  /** What is counted. */
  static final List<String> FACETS = List.of(FLAG, SENTIMENT, TIER, STAGE);

  private CustomerDocument() {}

  static Document of(CustomerKey key, SearchFields fields) {
    Document document = new Document();
    document.add(new StringField(KEY, key.toString(), Field.Store.YES));
    document.add(new StringField(TENANT, key.tenant(), Field.Store.NO));
    document.add(new StringField(IDENTIFIER, key.customerId(), Field.Store.NO));
    for (String name : fields.names()) {
      List<String> words = Names.words(name);
      document.add(new TextField(NAME, String.join(" ", words), Field.Store.NO));
      document.add(
          new TextField(
              SKELETON,
              String.join(" ", words.stream().map(Names::skeleton).toList()),
              Field.Store.NO));
    }
    fields
        .identifiers()
        .forEach(
            (type, values) -> {
              for (String value : values) {
                document.add(new StringField(IDENTIFIER, value, Field.Store.NO));
                document.add(new StringField(ofType(type), value, Field.Store.NO));
              }
            });
    fields.flags().forEach(flag -> facet(document, FLAG, flag));
    facet(document, SENTIMENT, fields.sentiment());
    facet(document, TIER, fields.tier());
    facet(document, STAGE, fields.stage());
    if (fields.spend() != null) {
      document.add(new DoublePoint(SPEND, fields.spend().doubleValue()));
    }
    document.add(new LongPoint(ORDERS, fields.orders()));
    long lastContact = fields.lastContactAt() == null ? 0 : fields.lastContactAt().toEpochMilli();
    if (fields.lastContactAt() != null) {
      document.add(new LongPoint(LAST_CONTACT, lastContact));
    }
    document.add(new NumericDocValuesField(NEWEST, lastContact));
    return document;
  }

  /** The field of the identifiers of a type. */
  static String ofType(String type) {
    return IDENTIFIER + '.' + type;
  }

  private static void facet(Document document, String field, String value) {
    if (value != null) {
      document.add(new StringField(field, value.toLowerCase(Locale.ROOT), Field.Store.NO));
      document.add(new SortedSetDocValuesField(field, new BytesRef(value)));
    }
  }
}
