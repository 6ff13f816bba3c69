// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.derby.EmbeddedDerby;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaScriptTest {

    private static final SchemaScript SLICED = new SchemaScript(9, """
            -- What it is for; not a statement.

            -- begin

            CREATE TABLE copy (id ${id});
            -- slice
            INSERT INTO copy SELECT id FROM job j${index job_id} WHERE id < ? AND id >= ?;
            INSERT INTO ready SELECT id FROM job WHERE id < ? AND id >= ?;

            -- finish
            DROP TABLE job;
            ${rename} copy ${to} job${room.to.grow};
            ${room.to.grow};
            """);

    @TempDir
    private Path folder;

    private EmbeddedDerby derby;
    private StoreDialect dialect;

    @BeforeEach
    void open() {
        derby = new EmbeddedDerby(folder);
        dialect = derby.dialect();
    }

    @AfterEach
    void close() {
        derby.close();
    }

    @Test
    void eachPartHasItsStatementsInTheWordsOfTheDatabase() {
        assertThat(SLICED.isSliced()).isTrue();
        assertThat(SLICED.statements(SchemaScript.BEGIN, dialect))
                .containsExactly("CREATE TABLE copy (id CHAR(16) FOR BIT DATA)");
        assertThat(SLICED.statements(SchemaScript.SLICE, dialect))
                .containsExactly(
                        "INSERT INTO copy SELECT id FROM job j --DERBY-PROPERTIES index=job_id\n"
                                + " WHERE id < ? AND id >= ?",
                        "INSERT INTO ready SELECT id FROM job WHERE id < ? AND id >= ?");
        assertThat(SLICED.statements(SchemaScript.FINISH, dialect))
                .as("what is empty here is left out")
                .containsExactly("DROP TABLE job", "RENAME TABLE copy TO job");
    }

    @Test
    void aScriptWithoutPartsIsOneTransaction() {
        SchemaScript script = SchemaScript.of(5, dialect);
        assertThat(script.isSliced()).isFalse();
        assertThat(script.statements(dialect)).containsExactly("ALTER TABLE job ADD COLUMN ran_in VARCHAR(200)");
    }

    @Test
    void theBodyOfAFunctionIsWhole() {
        String function = "CREATE FUNCTION one() RETURNS INT AS $$\nBEGIN\n  RETURN 1; -- '$1'\nEND $$";
        SchemaScript script = new SchemaScript(9, "CREATE TABLE a (b INT);\n" + function + ";\nSELECT '$' FROM a;");
        assertThat(script.statements(dialect)).containsExactly("CREATE TABLE a (b INT)", function, "SELECT '$' FROM a");
    }
}
