// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies, and stores, that are not as they were written. */
@Timeout(300)
class DamagedCopyTest {

    @TempDir
    private Path folder;

    private StoreCopyFixture copies;

    @BeforeEach
    void begin() {
        copies = new StoreCopyFixture(folder);
    }

    @Test
    void aPlaceThatNoJobKnowsIsTold() throws SQLException {
        FullStoreFixture.make(folder.resolve("a"), 0);
        try (DerbyStore host = new DerbyStore(folder.resolve("a"))) {
            new JobLivesFixture(host).change("UPDATE ready SET ready_at = ready_at + 1");
        }
        assertThatThrownBy(() -> copies.toPostgres(folder.resolve("a"), StoreCopyFixture.SILENT))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has a position in a lane that is not in its own row");
    }

    @Test
    void aRowThatWasTakenOutOfHalfACopyIsTold() throws SQLException {
        Path full = FullStoreFixture.shared().folder();
        assertThatThrownBy(() -> copies.toPostgres(full, StoreCopyFixture.killAt("copying table job_text")))
                .isInstanceOf(StoreCopyFixture.Killed.class);
        copies.change("DELETE FROM job WHERE id = (SELECT id FROM job ORDER BY id DESC LIMIT 1)");
        assertThatThrownBy(() -> copies.toPostgres(full, StoreCopyFixture.SILENT))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("\"job_id\"", "while writing row (id = ", ") of table job up to");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE job SET priority = 9 WHERE id = (SELECT id FROM job ORDER BY id LIMIT 1) | row (id = 0.*) of table job has another priority",
                "UPDATE job SET lane = lane + 1 WHERE id = (SELECT id FROM job WHERE lane IS NOT NULL LIMIT 1) | table job has another lane",
                "UPDATE job_text SET content = upper(content) WHERE kind = 'P' | row (job_id = 0.*, kind = P) of table job_text has another content",
                "UPDATE limit_level SET full_at = full_at + 1 WHERE unit = 'Zoll' | row (name = limit openai, unit = Zoll) of table limit_level has another full_at",
                "UPDATE live_key SET job_key = 'Y' WHERE job_key = 'Z' | of table live_key has another job_key",
                "UPDATE feed SET number = number + 1000 WHERE number = (SELECT MAX(number) FROM feed WHERE incarnation = 1) AND incarnation = 1 | of table feed is missing",
                "UPDATE audit SET number = 0 WHERE number = 1 | number = 0) of table audit does not exist in the source",
                "INSERT INTO handler_type (type, first_served_at) VALUES ('zzz', 0) | table handler_type has 4 rows instead of 3",
            })
    void whatIsNotAsItWasIsNamed(String damage, String told) throws SQLException {
        Path full = FullStoreFixture.shared().folder();
        assertThatThrownBy(() -> copies.toPostgres(full, StoreCopyFixture.killAt("comparing")))
                .isInstanceOf(StoreCopyFixture.Killed.class);
        copies.change(damage);
        assertThatThrownBy(() -> copies.toPostgres(full, StoreCopyFixture.SILENT))
                .isInstanceOf(StoreException.class)
                .hasMessageMatching("jdbc:postgresql:.* differs from the source: .*"
                        + told.replace("(", "\\(").replace(")", "\\)") + "; try again with an empty database");
        assertThatThrownBy(copies::host).hasMessageContaining("is an incomplete copy");
    }
}
