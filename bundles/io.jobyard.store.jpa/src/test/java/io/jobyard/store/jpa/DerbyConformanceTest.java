// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.testkit.store.StoreConformance;
import io.jobyard.testkit.store.StoreUnderTest;

class DerbyConformanceTest extends StoreConformance {

    @Override
    protected StoreUnderTest open() throws Exception {
        return DerbyStore.emptied().withIndex();
    }
}
