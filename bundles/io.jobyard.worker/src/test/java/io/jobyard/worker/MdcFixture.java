// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.lang.reflect.Field;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/** Lets what is put into the MDC be seen: the simple logger of the tests has none. */
final class MdcFixture {

    final MDCAdapter mdc = new BasicMDCAdapter();
    private final Field adapter;
    private final Object before;

    MdcFixture() throws ReflectiveOperationException {
        adapter = MDC.class.getDeclaredField("MDC_ADAPTER");
        adapter.setAccessible(true);
        before = adapter.get(null);
        adapter.set(null, mdc);
    }

    void end() throws ReflectiveOperationException {
        adapter.set(null, before);
    }
}
