// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerbyEngineTest {

    private static final String LIMIT = "derby.stream.error.rollingFile.limit";
    private static final String SEVERITY = "derby.stream.error.logSeverityLevel";
    private static final int BYTES = 20_000;

    @TempDir
    private Path folder;

    @BeforeEach
    void logMuch() {
        forget(); // what an engine of another test has set
        System.setProperty(LIMIT, String.valueOf(BYTES));
        System.setProperty(SEVERITY, "0");
    }

    @AfterEach
    void forget() {
        Stream.of("style", "rollingFile.pattern", "rollingFile.limit", "rollingFile.count", "logSeverityLevel")
                .forEach(key -> System.clearProperty("derby.stream.error." + key));
    }

    @Test
    void itsLogIsBounded() throws Exception {
        DerbyEngine engine = new DerbyEngine(folder.resolve("100%/log"));
        engine.shutdown(); // if another test has it running
        try (Connection connection =
                        engine.driver().connect("jdbc:derby:memory:bounded;create=true", new Properties());
                Statement statement = connection.createStatement()) {
            for (int n = 0; n < 200; n++) {
                assertThatThrownBy(() -> statement.execute("SELECT a FROM nowhere"))
                        .isInstanceOf(SQLException.class);
            }
        } finally {
            engine.shutdown();
        }
        try (Stream<Path> files = Files.list(folder.resolve("100%/log"))) {
            List<Path> logs =
                    files.filter(file -> file.toString().endsWith(".log")).toList();
            assertThat(logs)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("derby-0.log", "derby-1.log");
            assertThat(logs).allMatch(file -> file.toFile().length() < 2 * BYTES);
        }
    }
}
