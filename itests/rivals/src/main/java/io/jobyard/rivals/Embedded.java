// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.nio.file.Path;

/** Databases in the process of the library. What they leave goes with the directory. */
final class Embedded implements Databases {

    private final String title;
    private final String prefix;
    private final String suffix;
    private final Path directory;
    private int created;

    private Embedded(String title, String prefix, String suffix, Path directory) {
        this.title = title;
        this.prefix = prefix;
        this.suffix = suffix;
        this.directory = directory;
    }

    static Embedded derby(Path directory) {
        return new Embedded("Derby", "jdbc:derby:", ";create=true", directory.resolve("derby"));
    }

    /** Does not force its log at a commit. */
    static Embedded h2(Path directory) {
        return new Embedded("H2", "jdbc:h2:file:", "", directory.resolve("h2"));
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Empty create() {
        Path files = directory.resolveSibling(directory.getFileName() + "-" + ++created);
        return new Empty(
                prefix + files.resolve("bench") + suffix, "", () -> new Usage(0, 0, Usage.diskBytes(files)), () -> {});
    }
}
