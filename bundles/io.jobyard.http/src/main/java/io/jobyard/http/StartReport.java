// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;

/** Reports to the launcher why the host must not start. Has no effect after the start. */
@Component(service = StartReport.class)
public final class StartReport {

    private final Flow.@Nullable Subscriber<String> starter;

    @Activate
    public StartReport(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, target = "(jobyard.start=true)")
                    Flow.@Nullable Subscriber<String> starter) {
        this.starter = starter;
    }

    void failed(String why) {
        if (starter != null) {
            starter.onError(new IllegalStateException(why));
        }
    }
}
