package dev.picasso.catalogue;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import java.util.List;
import java.util.Optional;

/** The models that can be had by name. */
public record Catalogue(List<CatalogueEntry> entries) {
  public Catalogue {
    entries = List.copyOf(entries);
    if (entries.stream().map(CatalogueEntry::name).distinct().count() < entries.size()) {
      throw new IllegalArgumentException("two models of one name");
    }
  }

  /** The models that Picasso knows. */
  public static Catalogue standard() {
    return new Catalogue(StandardModels.all());
  }

  public Optional<CatalogueEntry> find(String name) {
    return entries.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /**
   * The model of that name.
   *
   * @throws PicassoException if there is none, with the names that there are
   */
  public CatalogueEntry get(String name) {
    return find(name)
        .orElseThrow(
            () -> {
              List<String> names = entries.stream().map(CatalogueEntry::name).toList();
              return new PicassoException(
                  "The catalogue has no model "
                      + name
                      + Words.nearest(name, names)
                          .map(n -> "; did you mean " + n + "?")
                          .orElse("; there are " + String.join(", ", names) + "."));
            });
  }
}
