// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.settings.api.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;

/** Registry of interceptors. A removed interceptor is released once its runs have ended. */
final class InterceptorRegistry {

    private final Map<ServiceReference<JobInterceptor>, Interceptor> byReference = new ConcurrentHashMap<>();
    private final Settings<WorkerSettings> settings;
    private volatile List<Interceptor> outermostFirst = List.of();

    InterceptorRegistry(Settings<WorkerSettings> settings) {
        this.settings = settings;
    }

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
        interceptor.runs().letGo("Interceptor " + interceptor, settings.current());
    }

    List<Interceptor> outermostFirst() {
        return outermostFirst;
    }

    private synchronized void renew() {
        outermostFirst = byReference.entrySet().stream()
                .sorted(Map.Entry.<ServiceReference<JobInterceptor>, Interceptor>comparingByKey()
                        .reversed()) // service references compare in ascending ranking
                .map(Map.Entry::getValue)
                .toList();
    }
}
