// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replaces an instance's embedded database by a backup. The backup is copied next to the database and checked; then two
 * moves exchange them. An interrupted restore loses nothing and can be repeated.
 */
final class Restore {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Path data;
    private final StoreFile store;
    private final StoreCheck check;

    Restore(Program program, InstanceDirectory instance) throws IOException {
        data = instance.data();
        store = StoreFile.of(instance);
        check = new StoreCheck(program, instance);
    }

    /** Restores a backup. Returns a line that describes the result. */
    String from(Path backup) throws IOException, InterruptedException {
        OwnStore kind = store.own()
                .orElseThrow(() -> new LaunchException("the store of this instance is in another database (url in "
                        + store.file() + "): restore it with the tools of that database"));
        Path source = backup.resolve(kind.folder());
        refuse(source, kind);
        Path copy = data.resolve(kind.folder() + ".restored");
        delete(copy);
        StoreCheck.FoundStore found;
        try {
            copy(source, copy);
            found = check.of(copy, kind);
        } catch (IOException | LaunchException e) {
            delete(copy);
            throw new LaunchException("the backup in " + backup + " was not restored, and nothing was changed: "
                    + (e instanceof LaunchException ? e.getMessage() : e.toString()));
        }
        String kept = exchange(copy, found.id(), kind);
        Instant made =
                Files.getLastModifiedTime(whenMade(source, kind)).toInstant().truncatedTo(ChronoUnit.SECONDS);
        return "restored " + backup + " (made " + made + "): " + found.jobs()
                + "; jobs that were running then run again at the next start" + kept;
    }

    private void refuse(Path source, OwnStore kind) throws IOException {
        if (Files.notExists(source.resolve(kind.proof()))) {
            throw new LaunchException("invalid backup " + source.getParent() + ": it has no " + kind.folder() + "/"
                    + kind.proof() + "; use a directory created by job:backup");
        }
        if (source.toRealPath().startsWith(data.toRealPath())) {
            throw new LaunchException(
                    source + " is in the data directory of the instance: use a backup in another directory");
        }
    }

    private static void copy(Path source, Path copy) throws IOException {
        Files.createDirectory(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(file, copy.resolve(source.relativize(file)));
            }
        }
    }

    /** The store's id is written between the two moves, so that it always fits the database. */
    private String exchange(Path copy, String id, OwnStore kind) throws IOException {
        Path database = data.resolve(kind.folder());
        String kept = "";
        if (Files.exists(database)) {
            Path before = data.resolve(kind.folder() + ".before-restore-" + TIME.format(Instant.now()));
            Files.move(database, before, StandardCopyOption.ATOMIC_MOVE);
            kept = "; the previous store was moved to " + before;
        }
        Path next = Files.writeString(data.resolve(kind.idFile() + ".new"), id + "\n");
        Files.move(next, data.resolve(kind.idFile()), StandardCopyOption.ATOMIC_MOVE);
        Files.move(copy, database, StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }

    /** Returns the time of the backup: Derby writes BACKUP.HISTORY at each backup. */
    private static Path whenMade(Path source, OwnStore kind) {
        Path history = source.resolve("BACKUP.HISTORY");
        return Files.exists(history) ? history : source.resolve(kind.proof());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> files;
            try (Stream<Path> found = Files.walk(folder)) {
                files = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
