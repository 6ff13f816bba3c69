// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jobyard.store.api.StoreFault;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {

    private static final String SECRET = "somebody's payload ";
    private static final int ROWS = 4_000;
    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    private Path database;
    private DerbyDialect dialect;

    @BeforeEach
    void damage() throws Exception {
        DerbyEngine engine = new DerbyEngine(folder);
        dialect = new DerbyDialect(engine);
        database = folder.resolve("db");
        DatabaseSession.make(database, "id");
        try (Connection connection = DatabaseSession.of(database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE a (id INT NOT NULL PRIMARY KEY, number INT, text VARCHAR(400))");
            statement.execute("CREATE INDEX a_number ON a (number)");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO a VALUES (?, ?, ?)")) {
                for (int n = 0; n < ROWS; n++) {
                    insert.setInt(1, n);
                    insert.setInt(2, ROWS - n);
                    insert.setString(3, SECRET.repeat(20));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        }
        DatabaseSession.close(DatabaseSession.of(database));
        try (Stream<Path> files = Files.list(database.resolve("seg0"))) {
            Path table = files.max(Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow();
            try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
                file.seek(100L * PAGE + 64);
                file.write("#".repeat(100).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private SQLException read(String sql) {
        return catchThrowableOfType(SQLException.class, () -> {
            try (Connection connection = DatabaseSession.of(database).getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
        });
    }

    private void isDamage(SQLException error) {
        assertThat(dialect.fault(error)).isEqualTo(StoreFault.DAMAGED);
        assertThat(dialect.reason(error))
                .startsWith("the database is damaged (")
                .contains("Derby says XSDG2")
                .hasSizeLessThan(200)
                .doesNotContain("\n", SECRET);
        for (Throwable next : error) {
            assertThat(String.valueOf(next.getMessage())).hasSizeLessThan(500).doesNotContain("#####", "dump");
        }
    }

    @Test
    void aDamagedPageIsNamedAndNotShown() {
        SQLException error = read("SELECT text FROM a");
        isDamage(error);
        assertThat(dialect.reason(error)).containsPattern("page 100 of seg0/c\\w+\\.dat");
    }

    @Test
    void itIsKnownToEverybodyAlsoWhenDerbyClosesItsFilesWithoutSayingWhy() {
        isDamage(read("SELECT text FROM a --DERBY-PROPERTIES index=a_number\n"));
        isDamage(read("SELECT text FROM a WHERE id = 1"));
    }
}
