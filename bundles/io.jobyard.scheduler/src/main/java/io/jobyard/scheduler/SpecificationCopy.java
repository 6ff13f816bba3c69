// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.Job;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobTerms;
import io.jobyard.api.StoreException;
import java.util.Map;

/** Copy of an existing job's specification, without its key, its dependencies and its times. */
final class SpecificationCopy {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private SpecificationCopy() {}

    static JobSpecification of(Job job, String payload) {
        JobTerms terms = job.terms();
        JobSpecificationBuilder copy = JobSpecification.type(terms.type())
                .payload(read(payload))
                .priority(terms.routing().priority())
                .timeout(terms.runs().timeout())
                .maxRetries(terms.runs().maxRetries())
                .ifDependencyFails(terms.dependencies().ifFails());
        if (terms.routing().queue() != null) {
            copy.queue(terms.routing().queue());
        }
        if (terms.routing().handlerVersion() != null) {
            copy.handlerVersion(terms.routing().handlerVersion());
        }
        terms.identity().labels().forEach(copy::label);
        terms.demand().limits().forEach(copy::limits);
        terms.demand().estimate().forEach(copy::estimate);
        return copy.build();
    }

    private static Map<String, Object> read(String payload) {
        try {
            return JSON.readValue(payload, OBJECT);
        } catch (JsonProcessingException e) {
            throw new StoreException("a stored payload cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
