package dev.picasso.app.web;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** What a server can listen on. */
final class Addresses {
  private static final String REMEDY =
      " --host takes an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them.";

  /** Of more addresses nobody reads the list. */
  private static final int MOST = 4;

  private Addresses() {}

  /** Why a host is none to listen on, in words; empty where it is one. */
  static Optional<String> problem(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      boolean ours =
          address.isAnyLocalAddress()
              || address.isLoopbackAddress()
              || NetworkInterface.getByInetAddress(address) != null;
      return ours
          ? Optional.empty()
          : Optional.of(host + " is no address of this machine." + REMEDY);
    } catch (UnknownHostException e) {
      return Optional.of("No host " + host + " is known here." + REMEDY);
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  /** Whether only this machine reaches a server that listens there. */
  static boolean isLoopback(String host) {
    try {
      return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * By which addresses others reach a server that listens on all of this machine's; none where it
   * listens on one.
   */
  static List<String> ofOthers(String host) {
    try {
      if (!host.isEmpty() && !InetAddress.getByName(host).isAnyLocalAddress()) {
        return List.of();
      }
      return NetworkInterface.networkInterfaces()
          .filter(Addresses::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
          .filter(a -> !a.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .limit(MOST)
          .toList();
    } catch (UnknownHostException | SocketException e) {
      return List.of();
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
