// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardSqlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id FROM job ORDER BY id FETCH FIRST ? ROWS ONLY | SELECT id FROM job ORDER BY id LIMIT ?",
                "SELECT id FROM job OFFSET ? ROWS FETCH NEXT 1 ROWS ONLY | SELECT id FROM job LIMIT ?, 1",
                "SELECT id FROM job ORDER BY id OFFSET 20 ROWS | SELECT id FROM job ORDER BY id LIMIT 20, -1",
                "LOCK TABLE schema_version IN EXCLUSIVE MODE | SELECT 1 WHERE FALSE",
                "TRUNCATE TABLE search_id | DELETE FROM search_id",
                "UPDATE job SET result = ? WHERE id = ? | UPDATE job SET result = ? WHERE id = ?",
            })
    void whatSqliteSaysOtherwiseIsTranslated(String standard, String own) {
        assertThat(StandardSql.translated(standard)).isEqualTo(own);
    }
}
