package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.catalogue.CatalogueEntry;
import dev.picasso.catalogue.ModelStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code picasso pull}: known models, from their publishers onto this machine. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    description = {
      "Gets well-known models from their publishers, with labels and preprocessing.",
      "Without a name it lists them. What was interrupted goes on where it ended; what is there"
          + " already is not downloaded again."
    },
    footer = {
      "",
      "Get one:  picasso pull squeezenet1.1",
      "Use it:   picasso explain squeezenet1.1 photo.jpg",
      "Models are kept in the folder for the user's data; PICASSO_MODELS names another.",
      "Exit code: 0 if every model is there, 2 if one is not."
    })
final class PullCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Which models.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "Lists the models that there are.")
  private boolean list;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Asked when the command runs: all commands are made at every start. */
  private final Supplier<ModelStore> stores;

  PullCommand() {
    this(ModelStore::standard);
  }

  PullCommand(Supplier<ModelStore> stores) {
    this.stores = stores;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ModelStore store = stores.get();
    if (list || names.isEmpty()) {
      list(store, out);
      return ExitCode.OK;
    }
    // A name that is wrong is told before anything takes time.
    List<CatalogueEntry> wanted =
        names.stream().distinct().map(name -> store.catalogue().get(name)).toList();
    int code = ExitCode.OK;
    for (CatalogueEntry entry : wanted) {
      try {
        pull(entry, store, out);
      } catch (PicassoException e) {
        spec.commandLine().getErr().println(e.getMessage());
        code = ExitCode.USAGE;
      }
    }
    return code;
  }

  private static void list(ModelStore store, PrintWriter out) {
    Table table = new Table();
    for (CatalogueEntry entry : store.catalogue().entries()) {
      table.row(
          entry.name(),
          Words.bytes(entry.size()),
          store.has(entry) ? "here" : "",
          entry.title() + ". " + entry.description());
    }
    table.print(out);
    out.println();
    out.println("picasso pull NAME gets one, into " + store.folder());
  }

  private void pull(CatalogueEntry entry, ModelStore store, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    boolean here = store.has(entry);
    if (!here) {
      err.println(
          "%s: %s from %s (%s; licence: %s)"
              .formatted(
                  entry.name(),
                  Words.bytes(entry.size()),
                  String.join(" and ", entry.hosts()),
                  entry.publisher(),
                  entry.licence()));
    }
    PullProgress progress = PullProgress.on(err, entry.name());
    Path folder;
    try {
      folder = store.pull(entry, progress);
    } finally {
      progress.end();
    }
    out.println("%s %s in %s".formatted(entry.title(), here ? "was there already," : "is", folder));
    out.println("  picasso explain " + entry.name() + " photo.jpg");
  }
}
