package dev.picasso.app.web.wire;

import java.util.HashMap;
import java.util.Map;

/** A number of places, of which no address may take more than a part. */
public final class Places {
  private final int all;
  private final int each;
  private final Map<ClientAddress, Integer> taken = new HashMap<>();
  private int total;

  /**
   * @param all places in all
   * @param each of these for one address
   */
  public Places(int all, int each) {
    this.all = all;
    this.each = each;
  }

  /** Takes a place; false if there is none for this address. */
  public synchronized boolean take(ClientAddress address) {
    int own = taken.getOrDefault(address, 0);
    if (total >= all || own >= each) {
      return false;
    }
    total++;
    taken.put(address, own + 1);
    return true;
  }

  /** Gives one back that was taken. */
  public synchronized void giveBack(ClientAddress address) {
    total--;
    taken.computeIfPresent(address, (a, own) -> own > 1 ? own - 1 : null);
  }
}
