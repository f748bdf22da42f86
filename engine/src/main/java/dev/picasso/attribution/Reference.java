package dev.picasso.attribution;

/** Where a method is described: a paper and its address. */
public record Reference(String title, String url) {}
