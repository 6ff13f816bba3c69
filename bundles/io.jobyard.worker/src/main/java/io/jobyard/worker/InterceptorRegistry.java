// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.settings.api.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that knows the interceptors: they come, stand around runs, and are let go once their runs are out. */
@Component(service = InterceptorRegistry.class)
public final class InterceptorRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(InterceptorRegistry.class);

    private final Map<ServiceReference<JobInterceptor>, Interceptor> byReference = new ConcurrentHashMap<>();
    private final Settings<WorkerSettings> settings;
    private volatile List<Interceptor> outermostFirst = List.of();

    @Activate
    public InterceptorRegistry(@Reference WorkerSettingsComponent settings) {
        this.settings = settings;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(JobInterceptor service, ServiceReference<JobInterceptor> reference) {
        String name =
                service.getClass().getName() + " (" + reference.getBundle().getSymbolicName() + ")";
        byReference.put(reference, new Interceptor(name, service, new RunsInside()));
        renew();
    }

    void unbind(ServiceReference<JobInterceptor> reference) {
        Interceptor interceptor = byReference.remove(reference);
        if (interceptor == null) {
            return;
        }
        renew();
        try {
            WorkerSettings now = settings.current();
            int left = interceptor.runs().drain(now.drainTimeout(), now.cancelGrace());
            if (left > 0) {
                LOG.warn("Interceptor {} is gone, but {} of its runs did not end when interrupted", interceptor, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Interceptor {} is gone before its runs were drained: interrupted", interceptor);
        }
    }

    List<Interceptor> outermostFirst() {
        return outermostFirst;
    }

    private synchronized void renew() {
        outermostFirst = byReference.entrySet().stream()
                .sorted(Map.Entry.<ServiceReference<JobInterceptor>, Interceptor>comparingByKey()
                        .reversed()) // as references compare, the highest ranking is the last
                .map(Map.Entry::getValue)
                .toList();
    }
}
