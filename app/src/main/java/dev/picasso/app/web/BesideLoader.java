package dev.picasso.app.web;

import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds templates beside a class, as its own class loader sees it, and else where ours are. */
final class BesideLoader implements Loader<String> {
  private final Class<?> owner;
  private final Loader<String> others;

  BesideLoader(Class<?> owner, Loader<String> others) {
    this.owner = owner;
    this.others = others;
  }

  private Optional<InputStream> open(String name) {
    return Optional.ofNullable(owner.getResourceAsStream(name));
  }

  @Override
  public Reader getReader(String name) {
    Optional<InputStream> beside = open(name);
    if (beside.isPresent()) {
      return new InputStreamReader(beside.get(), StandardCharsets.UTF_8);
    }
    if (others.resourceExists(name)) {
      return others.getReader(name);
    }
    throw new LoaderException(null, "there is no " + name + " beside " + owner.getName());
  }

  @Override
  public boolean resourceExists(String name) {
    return owner.getResource(name) != null || others.resourceExists(name);
  }

  @Override
  public String resolveRelativePath(String relativePath, String anchorPath) {
    return relativePath;
  }

  @Override
  public String createCacheKey(String name) {
    return name;
  }

  @Override
  public void setCharset(String charset) {
    // Templates are UTF-8.
  }

  @Override
  public void setPrefix(String prefix) {
    // The class tells where they lie.
  }

  @Override
  public void setSuffix(String suffix) {
    // Names are complete.
  }
}
