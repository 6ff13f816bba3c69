// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.spi.handlers.RefusedHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registry of estimators. */
final class EstimatorRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(EstimatorRegistry.class);

    private final Map<ServiceReference<JobEstimator>, Estimator> byReference = new ConcurrentHashMap<>();
    private final Map<ServiceReference<JobEstimator>, RefusedHandler> refused = new ConcurrentHashMap<>();
    private final HandlerMapper json = new HandlerMapper();

    private record Estimator(String type, JobEstimator service) {}

    /** Adds an estimator, unless it names no type. */
    void bind(JobEstimator service, ServiceReference<JobEstimator> reference) {
        String type = type(reference);
        if (type != null) {
            byReference.put(reference, new Estimator(type, service));
            return;
        }
        String reason = "invalid estimator " + service.getClass().getName() + ": its property " + EstimatesJob.TYPE
                + " is empty; annotate it with @EstimatesJob(\"TYPE\")";
        refused.put(reference, new RefusedHandler("", reference.getBundle().getBundleId(), reason));
        LOG.warn("Estimator in bundle {} ignored: {}", reference.getBundle(), reason);
    }

    private static @Nullable String type(ServiceReference<?> reference) {
        Object plain = reference.getProperty(EstimatesJob.TYPE);
        Object type = plain != null ? plain : reference.getProperty(EstimatesJob.ANNOTATED_TYPE);
        return type == null || type.toString().isBlank() ? null : type.toString();
    }

    void unbind(ServiceReference<JobEstimator> reference) {
        refused.remove(reference);
        byReference.remove(reference);
    }

    /** Returns problems in the form of rejected handlers. */
    List<RefusedHandler> refused() {
        return List.copyOf(refused.values());
    }

    /** Calls the estimator with the highest ranking for the type. Throws its exceptions. */
    Map<String, Double> estimate(String type, String payload) {
        return byReference.entrySet().stream()
                .filter(known -> known.getValue().type.equals(type))
                .max(Map.Entry.comparingByKey())
                .map(highest -> ask(highest.getValue().service, payload))
                .orElse(Map.of());
    }

    private Map<String, Double> ask(JobEstimator service, String payload) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(service.getClass().getClassLoader());
            return Map.copyOf(service.estimate(json.mapper.readValue(payload, HandlerMapper.OBJECT)));
        } catch (JsonProcessingException e) { // impossible: the JSON was written by Jobyard
            throw new IllegalStateException(e.getOriginalMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
