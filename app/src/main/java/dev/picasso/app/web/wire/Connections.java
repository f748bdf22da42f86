package dev.picasso.app.web.wire;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.eclipse.jetty.io.SelectorManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes connections that are too many, of all and of one address, before anything is read. */
final class Connections implements SelectorManager.AcceptListener {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final Places places;
  private final IdentityHashMap<SelectableChannel, ClientAddress> open = new IdentityHashMap<>();

  Connections(WireLimits limits) {
    this.places = new Places(limits.connections(), limits.connectionsOfAddress());
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    Optional<ClientAddress> address = address(channel);
    if (address.isEmpty() || !places.take(address.get())) {
      close(channel);
      return;
    }
    synchronized (this) {
      open.put(channel, address.get());
    }
  }

  private static Optional<ClientAddress> address(SelectableChannel channel) {
    try {
      return channel instanceof SocketChannel socket
          ? Optional.ofNullable(socket.getRemoteAddress()).map(ClientAddress::of)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is gone already
    }
  }

  private static void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a connection cannot be closed", e);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    onClosed(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    Optional<ClientAddress> address;
    synchronized (this) {
      address = Optional.ofNullable(open.remove(channel));
    }
    address.ifPresent(places::giveBack);
  }
}
