// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Status reporter of one calling bundle. */
@Component(service = StatusReporter.class, scope = ServiceScope.BUNDLE)
public final class BundleReporter extends CallerStatusReporter {

    @Activate
    public BundleReporter(
            ComponentContext context, @Reference Access access, @Reference StatusReporterComponent reporter) {
        super(new CallerSight(Caller.bundle(context.getUsingBundle().getSymbolicName()), access, reporter, false));
    }
}
