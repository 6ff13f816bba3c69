// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.Job;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobTerms;
import io.jobyard.api.StoreException;
import java.util.Map;

/** What a job was asked with, without what is its alone: its key, what it waits for, and its times. */
final class SpecificationCopy {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private SpecificationCopy() {}

    static JobSpecification of(Job job, String payload) {
        JobTerms terms = job.terms();
        JobSpecification.Builder copy = JobSpecification.type(terms.type())
                .payload(read(payload))
                .priority(terms.priority())
                .timeout(terms.timeout())
                .maxRetries(terms.maxRetries())
                .ifDependencyFails(terms.ifDependencyFails());
        if (terms.queue() != null) {
            copy.queue(terms.queue());
        }
        if (terms.handlerVersion() != null) {
            copy.handlerVersion(terms.handlerVersion());
        }
        terms.labels().forEach(copy::label);
        terms.limits().forEach(copy::limits);
        terms.estimate().forEach(copy::estimate);
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
