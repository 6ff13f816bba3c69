// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

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
 * An embedded database in the data directory of its instance, and a file with an id next to it. The file shows that this instance has had
 * a database, and contains the same id as the database. For one thread.
 */
public final class DatabaseFolder {

    private final DatabaseFiles files;
    private final Path database;
    private final Path unfinished;
    private final Path id;
    private final Path damage;

    /**
     * Creates the view of a database that may be missing.
     *
     * @param data data directory of the instance
     * @param files files of the kind of database
     */
    public DatabaseFolder(Path data, DatabaseFiles files) {
        this.files = files;
        Path folder = data.toAbsolutePath();
        database = folder.resolve(files.folder());
        unfinished = folder.resolve(files.folder() + ".new");
        id = folder.resolve(files.idFile());
        damage = database.resolve("damaged.txt");
    }

    /**
     * Creates the database, or checks that it may be opened. See {@link StoreDialect#prepare}.
     *
     * @param doing receives a description of each action before the action
     * @throws SQLException if the database cannot be created
     * @throws StoreException if the database is rejected; the message is one line and contains the fix
     */
    public void prepare(boolean anew, Consumer<String> doing) throws SQLException {
        try {
            delete(unfinished);
            if (!isWhole()) {
                refuseLost(anew);
                doing.accept("creating the database");
                if (Files.exists(id)) {
                    OwnFile.replace(id, ""); // the new database has another ID
                }
                make();
            } else if (anew) {
                throw refused(
                        "a database already exists in " + database + ", so no new store can be created there",
                        "start without --new-store, or move it away first");
            }
            refuseDamaged();
            doing.accept(
                    files.wasLeftOpen(database)
                            ? "recovering the database, because its last host did not shut down cleanly"
                            : "opening the database");
            identify();
        } catch (IOException e) {
            throw new StoreException("the database in " + database + " cannot be created or opened: " + e, e);
        }
    }

    /**
     * Prevents the database from being opened again.
     *
     * @param why description of the damage
     * @throws IOException if the description cannot be written
     */
    public void condemn(String why) throws IOException {
        if (isWhole()) {
            OwnFile.replace(
                    damage,
                    why + " (found at " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ")\n"
                            + "No host opens this database again until this file is deleted.\n");
        }
    }

    private boolean isWhole() {
        return Files.exists(database.resolve(files.proof()));
    }

    /** Rejects a database that existed and is now missing or incomplete. */
    private void refuseLost(boolean anew) throws IOException {
        if (Files.exists(database) && !isEmpty(database)) {
            throw refused(
                    "the database in " + database + " is incomplete (" + files.proof() + " is missing" + beside() + ")",
                    "recover its files, or restore a backup with 'bin/jobyard restore DIR', or move it away and create"
                            + " a new store with 'bin/jobyard start --new-store'");
        }
        if (Files.exists(id) && !anew) {
            throw refused(
                    "the database in " + database + " is missing, but this instance had a database (" + id.getFileName()
                            + beside() + ")",
                    "is its disk mounted? Recover its files, restore a backup with 'bin/jobyard restore DIR', or create"
                            + " a new store with 'bin/jobyard start --new-store'");
        }
    }

    /** Returns other databases that the user may have meant. */
    private String beside() throws IOException {
        try (Stream<Path> all = Files.list(database.getParent())) {
            List<String> others = all.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(files.folder() + ".") && !name.equals(files.idFile()))
                    .sorted()
                    .toList();
            return others.isEmpty() ? "" : "; next to it: " + String.join(", ", others);
        }
    }

    private void make() throws SQLException, IOException {
        files.make(unfinished, UUID.randomUUID().toString());
        Files.deleteIfExists(database);
        Files.move(unfinished, database, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(database.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private void refuseDamaged() throws IOException {
        if (Files.exists(damage)) {
            String why = Files.readString(damage).lines().findFirst().orElse("the database is damaged");
            throw refused(why, "restore a backup with 'bin/jobyard restore DIR'; to open it anyway, delete " + damage);
        }
    }

    private void identify() throws SQLException, IOException {
        String known = Files.exists(id) ? Files.readString(id).strip() : "";
        String own = files.id(database);
        if (known.isEmpty()) {
            OwnFile.replace(id, own + "\n");
        } else if (!known.equals(own)) {
            throw refused(
                    "the database in " + database + " belongs to another instance (its ID is " + own + ", but "
                            + files.idFile() + " has " + known + ")",
                    "recover the database of this instance; to use this database anyway, delete " + id);
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
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
