// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import io.jobyard.api.handler.PermanentException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Patterns separated by commas. {@code **&#47;*.md} also finds files at the top level. */
final class Globs {

    private static final String COMMA_OUTSIDE_OF_BRACES = ",(?![^{]*})";

    private final List<PathMatcher> matchers;

    private Globs(List<PathMatcher> matchers) {
        this.matchers = matchers;
    }

    static Globs of(String text) {
        FileSystem files = FileSystems.getDefault();
        try {
            return new Globs(Stream.of(text.split(COMMA_OUTSIDE_OF_BRACES))
                    .map(glob -> files.getPathMatcher("glob:" + glob.strip()))
                    .toList());
        } catch (PatternSyntaxException e) {
            throw new PermanentException(
                    "invalid glob = " + text + ": use patterns separated by commas, for example" + " **/*.md,**/*.txt");
        }
    }

    /** Returns whether a pattern matches. */
    boolean match(Path path) {
        Path fromTheTop = Path.of("/").resolve(path);
        return matchers.stream().anyMatch(matcher -> matcher.matches(path) || matcher.matches(fromTheTop));
    }
}
