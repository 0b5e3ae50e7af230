package io.nabz.api.webhooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public internet from those that only this machine or its networks reach:
 * what IANA's registries of special-purpose addresses hold, also when wrapped into IPv6.
 */
final class PublicAddresses {
  private static final List<Block> SPECIAL =
      List.of(
          block("0.0.0.0", 8),
          block("10.0.0.0", 8),
          block("100.64.0.0", 10),
          block("127.0.0.0", 8),
          block("169.254.0.0", 16),
          block("172.16.0.0", 12),
          block("192.0.0.0", 24),
          block("192.0.2.0", 24),
          block("192.88.99.0", 24),
          block("192.168.0.0", 16),
          block("198.18.0.0", 15),
          block("198.51.100.0", 24),
          block("203.0.113.0", 24),
          // Multicast, reserved and broadcast.
          block("224.0.0.0", 3));

  /** Of IPv6 only this is given out to anybody. */
  private static final Block GLOBAL = block("2000::", 3);

  private static final List<Block> SPECIAL_6 =
      List.of(
          block("2001::", 23), block("2001:db8::", 32), block("3fff::", 20), block("5f00::", 16));

  /** 6to4 and NAT64 lead to the IPv4 address inside them. */
  private static final Block SIX_TO_FOUR = block("2002::", 16);

  private static final Block NAT64 = block("64:ff9b::", 96);

  private PublicAddresses() {}

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return SPECIAL.stream().noneMatch(block -> block.holds(bytes));
    }
    if (!(address instanceof Inet6Address)) {
      return false;
    }
    if (SIX_TO_FOUR.holds(bytes)) {
      return isPublic(inside(bytes, 2));
    }
    if (NAT64.holds(bytes)) {
      return isPublic(inside(bytes, 12));
    }
    return GLOBAL.holds(bytes) && SPECIAL_6.stream().noneMatch(block -> block.holds(bytes));
  }

  private static InetAddress inside(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static Block block(String first, int bits) {
    try {
      return new Block(InetAddress.getByName(first).getAddress(), bits);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(first + " is no address", e);
    }
  }

  /** All addresses that begin with the same bits. */
  private record Block(byte[] first, int bits) {
    boolean holds(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
