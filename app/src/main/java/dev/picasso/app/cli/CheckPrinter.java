package dev.picasso.app.cli;

import dev.picasso.belief.evaluation.Evaluation;
import dev.picasso.run.Judging;
import dev.picasso.run.Provenance;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;

/** Prints judgements as they come, and what all of them say. */
interface CheckPrinter extends Judging.Sink, Closeable {
  /** What all numbers say. */
  void end(Evaluation evaluation, Requirements required) throws IOException;

  static CheckPrinter of(
      boolean json, Provenance provenance, ProgressBar bar, CheckWords words, PrintWriter out)
      throws IOException {
    return json ? new CheckJson(provenance, words, out) : new CheckLines(bar, words, out);
  }
}
