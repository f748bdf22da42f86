package dev.picasso.app.cli;

import dev.picasso.attribution.Attribution;
import dev.picasso.run.Judged;
import dev.picasso.run.Judging;
import java.util.List;
import java.util.Optional;

/** Several sinks, each taking judgements after the one before has. */
record JudgedSinks(List<Judging.Sink> all) implements Judging.Sink {
  JudgedSinks {
    all = List.copyOf(all);
  }

  @Override
  public void judged(Judged judged) {
    all.forEach(sink -> sink.judged(judged));
  }

  @Override
  public void finished(int index) {
    all.forEach(sink -> sink.finished(index));
  }

  @Override
  public void failed(int index, String image, Optional<Attribution> method, String problem) {
    all.forEach(sink -> sink.failed(index, image, method, problem));
  }
}
