package dev.picasso.visualization.testkit;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether work that is over keeps what it was given or what it gave. */
final class Leftovers {
  private static final int ATTEMPTS = 20;

  private final List<WeakReference<Object>> objects = new ArrayList<>();

  /** Nothing but the work itself may keep these. */
  void watch(Object... given) {
    for (Object object : given) {
      objects.add(new WeakReference<>(object));
    }
  }

  /** How many are still held, after the garbage was collected. */
  long kept() {
    Supplier<Long> held = () -> objects.stream().filter(o -> o.get() != null).count();
    for (int i = 0; i < ATTEMPTS && held.get() > 0; i++) {
      System.gc();
      Object unused = new byte[1 << 20]; // what is softly held goes when memory is asked for
    }
    return held.get();
  }
}
