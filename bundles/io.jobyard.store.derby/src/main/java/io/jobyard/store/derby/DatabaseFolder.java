// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import io.jobyard.api.StoreException;
import io.jobyard.settings.api.OwnFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The database in {@code data/db}, and the file {@code data/store.id} next to it. The file shows that this instance has
 * had a database, and contains the same id as the database.
 */
final class DatabaseFolder {

    private final Path database;
    private final Path unfinished;
    private final Path id;
    private final Path damage;

    /** @param data data directory of the instance */
    DatabaseFolder(Path data) {
        Path folder = data.toAbsolutePath();
        database = folder.resolve("db");
        unfinished = folder.resolve("db.new");
        id = folder.resolve("store.id");
        damage = database.resolve("damaged.txt");
    }

    /** Makes it, or looks whether it may be opened. */
    void prepare(boolean anew, Consumer<String> doing) throws SQLException {
        try {
            delete(unfinished);
            if (!isWhole()) {
                refuseLost(anew);
                doing.accept("making the database");
                if (Files.exists(id)) {
                    OwnFile.replace(id, ""); // the new one has another
                }
                make();
            } else if (anew) {
                throw refused(
                        "there is a database in " + database + ", and a new store begins only where there is none",
                        "start without --new-store, or move it away first");
            }
            refuseDamaged();
            doing.accept(
                    Files.exists(database.resolve("db.lck"))
                            ? "recovering the database, whose last host did not stop in order"
                            : "opening the database");
            identify();
        } catch (IOException e) {
            throw new StoreException("the database in " + database + " cannot be made or opened: " + e, e);
        }
    }

    void condemn(String why) throws IOException {
        if (isWhole()) {
            OwnFile.replace(
                    damage,
                    why + " (found at " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ")\n"
                            + "No host opens this database again until this file is deleted.\n");
        }
    }

    private boolean isWhole() {
        return Files.exists(database.resolve("service.properties")); // Derby writes it last
    }

    /** Rejects a database that existed and is now missing or incomplete. */
    private void refuseLost(boolean anew) throws IOException {
        if (Files.exists(database) && !isEmpty(database)) {
            throw refused(
                    "the database in " + database + " is not whole (service.properties is missing" + beside() + ")",
                    "bring it back, or put a backup in place with 'bin/jobyard restore DIR', or move it away and begin"
                            + " anew with 'bin/jobyard start --new-store'");
        }
        if (Files.exists(id) && !anew) {
            throw refused(
                    "the database in " + database + " is missing, but this instance has had one (" + id.getFileName()
                            + beside() + ")",
                    "is its disk mounted? Bring it back, put a backup in place with 'bin/jobyard restore DIR', or begin"
                            + " anew with 'bin/jobyard start --new-store'");
        }
    }

    /** Other databases that the user may have meant. */
    private String beside() throws IOException {
        try (Stream<Path> files = Files.list(database.getParent())) {
            List<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("db."))
                    .sorted()
                    .toList();
            return others.isEmpty() ? "" : "; beside it is " + String.join(", ", others);
        }
    }

    private void make() throws SQLException, IOException {
        DatabaseSession.make(unfinished, UUID.randomUUID().toString());
        Files.deleteIfExists(database);
        Files.move(unfinished, database, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(database.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private void refuseDamaged() throws IOException {
        if (Files.exists(damage)) {
            String why = Files.readString(damage).lines().findFirst().orElse("the database is damaged");
            throw refused(
                    why,
                    "put a backup in place with 'bin/jobyard restore DIR'; to open it all the same, delete " + damage);
        }
    }

    private void identify() throws SQLException, IOException {
        String known = Files.exists(id) ? Files.readString(id).strip() : "";
        String own = DatabaseSession.id(database);
        if (known.isEmpty()) {
            OwnFile.replace(id, own + "\n");
        } else if (!known.equals(own)) {
            throw refused(
                    "the database in " + database + " is another instance's (" + own + ", but store.id says " + known
                            + ")",
                    "bring this instance's own back; if this one is meant, delete " + id);
        }
    }

    private static StoreException refused(String what, String fix) {
        return new StoreException(what + ": " + fix, null);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
