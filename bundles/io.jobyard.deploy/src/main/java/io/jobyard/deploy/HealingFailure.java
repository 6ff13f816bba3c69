// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** A failure that can end without a new jar: missing disk space, a permission, a lock or a file. */
enum HealingFailure {
    ROOM(
            "No space left on device|Disk quota exceeded|There is not enough space",
            "free disk space for data/ and for the files of the bundle"),
    HANDLES("Too many open files", "allow the host more open files (ulimit -n)"),
    LOCK(
            "OverlappingFileLockException|FileLockInterruptionException|being used by another process"
                    + "|[Uu]nable to acquire .*lock|Resource temporarily unavailable",
            "end the program that holds the lock, or wait for it"),
    RIGHTS(
            "AccessDeniedException|Permission denied|Operation not permitted|Read-only file system",
            "let the host's user read the jar and write to data/ and to the files of the bundle"),
    FILE("java\\.nio\\.file\\.\\w+Exception|java\\.io\\.FileNotFoundException", "check the named file");

    private static final String FRAME = "\tat ";

    private final Pattern signs;
    private final String cure;

    HealingFailure(String signs, String cure) {
        this.signs = Pattern.compile(signs);
        this.cure = cure;
    }

    String fix() {
        return cure + "; the host retries automatically";
    }

    /** Returns empty for a failure that only another jar ends. */
    static Optional<HealingFailure> of(Throwable failure) {
        return of(causes(failure).map(Throwable::toString).collect(Collectors.joining("\n")));
    }

    /** Returns why a copy or an installation failed. Any file error may end, but a broken archive does not. */
    static Optional<HealingFailure> ofFiles(Throwable failure) {
        boolean isFiles =
                causes(failure).anyMatch(cause -> cause instanceof IOException && !(cause instanceof ZipException));
        return of(failure).or(() -> Optional.of(FILE).filter(any -> isFiles));
    }

    /** Reads a stack trace. */
    static Optional<HealingFailure> of(String trace) {
        String causes = trace.lines().filter(line -> !line.startsWith(FRAME)).collect(Collectors.joining("\n"));
        return Stream.of(values())
                .filter(failure -> failure.signs.matcher(causes).find())
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
