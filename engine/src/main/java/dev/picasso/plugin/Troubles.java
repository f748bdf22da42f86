package dev.picasso.plugin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What went wrong with a plugin while it worked, the last few times; from any thread. */
final class Troubles {
  private static final int MOST = 5;

  private final Deque<PluginTrouble> last = new ArrayDeque<>();

  synchronized void add(PluginTrouble trouble) {
    last.remove(trouble);
    if (last.size() == MOST) {
      last.removeFirst();
    }
    last.addLast(trouble);
  }

  synchronized List<PluginTrouble> all() {
    return List.copyOf(last);
  }
}
