package dev.picasso.app.cli;

import dev.picasso.run.Explained;
import dev.picasso.run.Sink;
import java.util.List;

/** Several sinks, each taking results after the one before has. */
record Sinks(List<Sink> all) implements Sink {
  static Sink of(Sink... all) {
    return new Sinks(List.of(all));
  }

  @Override
  public void explained(Explained explained) {
    all.forEach(sink -> sink.explained(explained));
  }

  @Override
  public void failed(int index, String image, String problem) {
    all.forEach(sink -> sink.failed(index, image, problem));
  }
}
