// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.testkit.store.StoreConformance;
import io.jobyard.testkit.store.StoreUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteConformanceTest extends StoreConformance {

    @TempDir
    private Path folder;

    @Override
    protected StoreUnderTest open() throws Exception {
        return new SqliteStore(folder).withIndex();
    }
}
