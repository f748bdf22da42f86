package dev.picasso.app.cli;

import dev.picasso.run.Faults;
import dev.picasso.visualization.Visualization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fault is told with the way to see where it comes from, or with that. */
final class CommandFaults implements Faults {
  private static final Logger LOG = LoggerFactory.getLogger(CommandFaults.class);

  @Override
  public String words(Visualization<?> visualization, String image, Throwable fault) {
    if (Picasso.tracesFaults()) {
      LOG.warn("{} failed on {}", visualization.id(), image, fault);
    }
    return visualization.title() + " failed: " + fault + ". " + Picasso.HOW_TO_TRACE;
  }
}
