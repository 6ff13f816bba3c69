// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.store.StoreMaintenance.Reads;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadPoolTest {

    @TempDir
    private Path folder;

    @Test
    void eachAnswerIsCountedWithTheTimeItTook() throws Exception {
        try (DerbyStore store = new DerbyStore(folder)) {
            Reads before = store.maintenance().reads();
            for (int n = 0; n < 5; n++) {
                store.reads().job(Draft.job().admitted().stored().id());
            }
            store.limits().pauses();
            Reads after = store.maintenance().reads();
            assertThat(after.count() - before.count()).isEqualTo(6);
            assertThat(after.total()).isGreaterThan(before.total());
        }
    }
}
