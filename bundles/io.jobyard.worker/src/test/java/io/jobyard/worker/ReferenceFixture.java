// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.JobHandler;
import io.jobyard.doubles.Stub;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** A handler as a bundle registers it. */
final class ReferenceFixture {

    private ReferenceFixture() {}

    static ServiceReference<JobHandler> of(Map<String, Object> properties) {
        Bundle bundle = Stub.<Bundle>of(Bundle.class)
                .with("getSymbolicName", "test")
                .with("getVersion", Version.emptyVersion)
                .with("getBundleId", 1L)
                .with("getEntry", null)
                .with("adapt", null)
                .get();
        return Stub.<ServiceReference<JobHandler>>of(ServiceReference.class)
                .with("getBundle", bundle)
                .on("getProperty", arguments -> properties.get(arguments[0]))
                .get();
    }
}
