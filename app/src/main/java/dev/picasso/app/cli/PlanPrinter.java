package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.HidesWindows;
import dev.picasso.attribution.PartialWork;
import dev.picasso.model.Model;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints what of a model is computed in part while patches are hidden. */
final class PlanPrinter {
  private PlanPrinter() {}

  /**
   * Prints it.
   *
   * @throws PicassoException if the method hides no patches
   */
  static void print(Model model, Attribution method, PrintWriter out) {
    if (!(method instanceof HidesWindows hiding)) {
      throw new PicassoException(
          "--plan: "
              + method.id()
              + " hides no patches, so that nothing is computed in part; occlusion does.");
    }
    PartialWork work = PartialWork.of(model, hiding);
    work.planned()
        .ifPresent(
            planned -> {
              table(planned).print(out);
              out.println();
              out.println(expected(work, planned));
            });
    work.whole().ifPresent(why -> out.println("The model runs whole for each patch. " + why));
    out.flush();
  }

  private static Table table(PartialWork.Planned planned) {
    Table table = new Table();
    table.row("layer", "operator", "map", "part", "share");
    for (PartialWork.Layer layer : planned.layers()) {
      table.row(
          layer.name(),
          layer.operator(),
          layer.map().map(PlanPrinter::whole).orElse("-"),
          layer.part().map(PlanPrinter::mean).orElse("whole"),
          layer
              .ending()
              .map(why -> "parts end: " + why)
              .orElse(String.format(Locale.ROOT, "%.3f", layer.share())));
    }
    return table;
  }

  private static String whole(PartialWork.Size size) {
    return "%.0f × %.0f".formatted(size.rows(), size.columns());
  }

  private static String mean(PartialWork.Size size) {
    return String.format(Locale.ROOT, "%.1f × %.1f", size.rows(), size.columns());
  }

  private static String expected(PartialWork work, PartialWork.Planned planned) {
    return String.format(
        Locale.ROOT,
        "With a patch of %d × %d hidden, parts are the mean over all places; %d operators behind"
            + " them run whole. Expected: %.1f times as fast as the whole model; multiply-adds"
            + " alone would allow %.1f. Maps of the image as it is that are kept: %.1f MiB. Patches in"
            + " a run: %d.",
        work.window().width(),
        work.window().height(),
        planned.wholeLayers(),
        planned.gain(),
        planned.bound(),
        planned.kept() / (double) (1 << 20),
        planned.batch());
  }
}
