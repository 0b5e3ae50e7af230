package io.nabz.identity;

/** Where nodes send what they decide. */
public interface Outlet {
  /** To the node of a weak identifier. */
  void weak(IdentityRecord record);

  /** To the node of a strong identifier. */
  void strong(IdentityRecord record);

  /** To the links of a customer. */
  void links(IdentityRecord record);

  /** To the customer's state. */
  void customer(Attribution attribution);

  /** To the merges of a tenant. */
  void merges(IdentityRecord record);
}
