// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.store.jpa.copy.CopiedTable;
import io.jobyard.store.postgres.PostgresDialect;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaScriptTest {

    private static final Pattern TABLE =
            Pattern.compile("(.*)\n(?:\\$\\{\\w+\\.pages};\n)?CREATE (?:TABLE|VIEW) (\\w+)");

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
    void theStatementsAreInTheWordsOfTheDatabase() {
        SchemaScript script = new SchemaScript(9, """
                -- What it is for; not a statement.
                CREATE TABLE one (id ${id});

                CREATE INDEX one_id ON one (id);
                """);
        assertThat(script.statements(dialect))
                .containsExactly("CREATE TABLE one (id CHAR(16) FOR BIT DATA)", "CREATE INDEX one_id ON one (id)");
        assertThat(script.statements(new PostgresDialect())).contains("CREATE TABLE one (id BYTEA)");
    }

    @Test
    void theCommentOfAColumnEndsNoStatement() {
        String table = "CREATE TABLE one (\n  -- Null for none; 1 - 1 for all.\n  a INT\n)";
        assertThat(new SchemaScript(9, table + ";\nDROP TABLE one;").statements(dialect))
                .containsExactly(table, "DROP TABLE one");
    }

    @Test
    void theBodyOfAFunctionIsWhole() {
        String function = "CREATE FUNCTION one() RETURNS INT AS $$\nBEGIN\n  RETURN 1; -- '$1'\nEND $$";
        SchemaScript script = new SchemaScript(9, "CREATE TABLE a (b INT);\n" + function + ";\nSELECT '$' FROM a;");
        assertThat(script.statements(dialect)).containsExactly("CREATE TABLE a (b INT)", function, "SELECT '$' FROM a");
    }

    @Test
    void eachTableIsDescribedWhereItIsMade() {
        for (StoreDialect each : List.of(dialect, new PostgresDialect())) {
            List<MatchResult> tables = TABLE.matcher(IntStream.rangeClosed(Schema.FIRST, Schema.CURRENT)
                            .mapToObj(step -> SchemaScript.of(step, each).text())
                            .collect(Collectors.joining("\n")))
                    .results()
                    .toList();
            assertThat(tables).as(each.name()).hasSizeGreaterThan(CopiedTable.ALL.size());
            assertThat(tables)
                    .as(each.name())
                    .allSatisfy(table ->
                            assertThat(table.group(1)).as(table.group(2)).startsWith("-- "));
        }
    }
}
