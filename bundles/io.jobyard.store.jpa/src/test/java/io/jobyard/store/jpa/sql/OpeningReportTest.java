// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.Stub;
import io.jobyard.store.api.StoreDialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpeningReportTest {

    @Test
    void aDatabaseThatIsDamagedIsCondemnedAlsoByAThreadThatItHasInterrupted() {
        List<String> condemned = new ArrayList<>();
        StoreDialect dialect = Stub.<StoreDialect>of(StoreDialect.class)
                .on("remedy", none -> "put a backup in place")
                .on("condemn", arguments -> {
                    condemned.add(arguments[1] + ", interrupted: "
                            + Thread.currentThread().isInterrupted());
                    return null;
                })
                .get();
        Thread.currentThread().interrupt();
        new OpeningReport(null, dialect, Path.of("data")).damaged("page 5");
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(condemned).containsExactly("page 5, interrupted: false");
    }
}
