// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.DatabaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFolderTest {

    @TempDir
    private Path data;

    private DerbyEngine engine;
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void boot() {
        engine = new DerbyEngine(data.resolve("log"));
    }

    @AfterEach
    void shutDown() {
        engine.shutdown();
    }

    private void start() throws SQLException {
        start(false);
    }

    /** As a host does, up to its end in order. */
    private void start(boolean anew) throws SQLException {
        new DatabaseFolder(data, new DerbyFiles()).prepare(anew, heard::add);
        DatabaseSession.close(DatabaseSession.of(data.resolve("db")));
    }

    private void isRefused(boolean anew, String... parts) {
        assertThatThrownBy(() -> start(anew))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theFirstStartMakesADatabaseAndLeavesItsTrace() throws Exception {
        start();
        assertThat(names()).containsExactly("db", "store.id");
        assertThat(heard).containsExactly("creating the database", "opening the database");
        String id = Files.readString(data.resolve("store.id")).strip();
        start();
        assertThat(data.resolve("store.id")).hasContent(id);
    }

    @Test
    void whatAKilledStartLeftIsMadeAnew() throws Exception {
        Files.createDirectories(data.resolve("db.new/seg0"));
        Files.writeString(data.resolve("db.new/seg0/c10.dat"), "half");
        start();
        assertThat(names()).containsExactly("db", "store.id");
    }

    @Test
    void filesThatAreNoDatabaseAreNeverReplaced() throws Exception {
        Files.createDirectories(data.resolve("db/seg0"));
        isRefused(false, "is incomplete (service.properties is missing)", "move it away");
        isRefused(true, "is incomplete (service.properties is missing)", "move it away");
        Files.move(data.resolve("db"), data.resolve("db.elsewhere"));
        start();
        assertThat(names()).containsExactly("db", "db.elsewhere", "store.id");
    }

    @Test
    void aDatabaseThatIsGoneStopsTheStartUnlessANewOneIsAskedFor() throws Exception {
        start();
        Files.move(data.resolve("db"), data.resolve("db.elsewhere"));
        for (int n = 0; n < 2; n++) {
            isRefused(
                    false,
                    "is missing, but this instance had a database (store.id; next to it: db.elsewhere)",
                    "is its disk mounted?",
                    "bin/jobyard restore DIR",
                    "bin/jobyard start --new-store");
            Files.createDirectories(data.resolve("db")); // where a disk is to be mounted
        }
        start(true);
        start();
        assertThat(data.resolve("db/service.properties")).exists();
    }

    @Test
    void aDatabaseThatIsNotWholeIsNeverReplaced() throws Exception {
        start();
        Files.delete(data.resolve("db/service.properties"));
        isRefused(false, "is incomplete (service.properties is missing)", "bin/jobyard restore DIR");
        isRefused(true, "is incomplete (service.properties is missing)", "move it away");
    }

    @Test
    void aNewStoreNeverTakesThePlaceOfADatabase() throws Exception {
        start();
        isRefused(true, "a database already exists in", "start without --new-store");
    }

    @Test
    void anotherInstancesDatabaseIsToldApart() throws Exception {
        start();
        Files.writeString(data.resolve("store.id"), "another");
        isRefused(false, "belongs to another instance", "store.id has another", "delete " + data.resolve("store.id"));
    }

    @Test
    void aBlankIdIsReplacedByThatOfTheDatabase() throws Exception {
        Files.writeString(data.resolve("store.id"), "");
        start(true);
        assertThat(Files.readString(data.resolve("store.id"))).isNotBlank();
    }

    @Test
    void aCondemnedDatabaseIsNotOpened() throws Exception {
        start();
        new DatabaseFolder(data, new DerbyFiles()).condemn("page 7 is damaged");
        isRefused(
                false,
                "page 7 is damaged (found at ",
                "restore a backup with 'bin/jobyard restore DIR'",
                "delete " + data.resolve("db/damaged.txt"));
        Files.delete(data.resolve("db/damaged.txt"));
        start();
    }

    @Test
    void aDatabaseThatWasNotClosedIsRecovered() throws Exception {
        start();
        heard.clear();
        Files.writeString(data.resolve("db/db.lck"), "");
        start();
        assertThat(heard).containsExactly("recovering the database, because its last host did not shut down cleanly");
    }
}
