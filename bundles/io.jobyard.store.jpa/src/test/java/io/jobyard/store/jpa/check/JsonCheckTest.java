// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonCheckTest {

    @TempDir
    private Path folder;

    @Test
    void jsonWithHalfOfASurrogatePairIsFound() throws SQLException {
        try (DerbyStore store = new DerbyStore(folder)) {
            String padding = "x".repeat(3_000);
            admit(store, "{\"whole \\uD83D\\uDE00\": 1}");
            admit(store, "{\"text\": \"a path \\\\uD83D " + padding + "\"}");
            assertThat(store.maintenance().check().histories()).isEqualTo(2);

            JobId small = admit(store, "{\"half \\uD83D\": 1}");
            JobId large = admit(store, "{\"half \\uDE00\": \"" + padding + "\"}");

            assertThatThrownBy(() -> store.maintenance().check())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(small.toString())
                    .hasMessageContaining(large.toString());
        }
    }

    private static JobId admit(DerbyStore store, String payload) {
        var job = Draft.job().payload(payload).admitted();
        store.jobs().admit(List.of(job)).join();
        return job.stored().id();
    }
}
