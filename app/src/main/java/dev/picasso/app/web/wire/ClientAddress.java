package dev.picasso.app.web.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who asks, as far as the network tells: an IPv4 address, or the /64 network of an IPv6 address,
 * since a single household has all of the latter. People behind one router or proxy are one.
 *
 * @param name the same for all requests of one client
 */
public record ClientAddress(String name) {
  private static final int NETWORK = 8;

  /** Where the other end of a connection is. */
  static ClientAddress of(SocketAddress remote) {
    return remote instanceof InetSocketAddress inet && inet.getAddress() != null
        ? of(inet.getAddress())
        : new ClientAddress("");
  }

  /** The client at an address. */
  public static ClientAddress of(InetAddress address) {
    boolean shared =
        address instanceof Inet6Address
            && !address.isLoopbackAddress()
            && !address.isLinkLocalAddress(); // all neighbours have the same network
    byte[] bytes = address.getAddress();
    return new ClientAddress(
        HexFormat.of().formatHex(shared ? Arrays.copyOf(bytes, NETWORK) : bytes));
  }

  /**
   * The client at an address as a request has it.
   *
   * @param literal numbers, as in "192.0.2.1"; a name is never looked up
   */
  public static ClientAddress of(String literal) {
    boolean numbers = literal.matches("[0-9.]+|\\[?[0-9a-fA-F:.]+(%[^\\]]*)?]?");
    try {
      return numbers && !literal.isEmpty()
          ? of(InetAddress.getByName(literal))
          : new ClientAddress(literal);
    } catch (UnknownHostException e) {
      return new ClientAddress(literal);
    }
  }
}
