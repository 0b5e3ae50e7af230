package io.nabz.model;

/** The handles by which a customer can be known, with the strength of each. */
public enum IdentifierType {
  CUSTOMER_ID("customerId", Tier.CUSTOMER),
  LOYALTY_ID("loyaltyId", Tier.CUSTOMER),
  PHONE("phone", Tier.STRONG),
  EMAIL("email", Tier.STRONG),
  NATIONAL_ID("nationalId", Tier.STRONG),
  SOCIAL("social", Tier.STRONG),
  DEVICE_ID("deviceId", Tier.WEAK),
  ANONYMOUS_ID("anonymousId", Tier.WEAK),
  SESSION_ID("sessionId", Tier.WEAK);

  /** How surely an identifier says who somebody is, strongest first. */
  public enum Tier {
    /** Is the customer. */
    CUSTOMER,
    /** Belongs to one customer until an event says otherwise. */
    STRONG,
    /** Belongs to the last customer seen using it. */
    WEAK
  }

  private final String code;
  private final Tier tier;

  IdentifierType(String code, Tier tier) {
    this.code = code;
    this.tier = tier;
  }

  /** The name in {@code data.identifiers}. */
  public String code() {
    return code;
  }

  public Tier tier() {
    return tier;
  }

  /** The type of that name, or null for an unknown one. */
  public static IdentifierType ofOrNull(String code) {
    return Codes.find(IdentifierType.class, IdentifierType::code, code);
  }
}
