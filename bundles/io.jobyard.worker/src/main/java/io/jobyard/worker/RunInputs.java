// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.spi.reads.JobReads;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Payload of a run and the results of its dependencies. The payload is the stored one until a migrator or an interceptor replaces it. Safe
 * for use by several threads.
 */
final class RunInputs {

    private final Run run;
    private final PayloadReader reader;
    private final JobReads reads;
    private volatile @Nullable Map<String, Object> payload;
    private volatile boolean replaced;

    RunInputs(Run run, PayloadReader reader, JobReads reads) {
        this.run = run;
        this.reader = reader;
        this.reads = reads;
    }

    Map<String, Object> payload() {
        Map<String, Object> known = payload;
        Map<String, Object> read = known == null ? reader.object(run.assignment.payload()) : known;
        payload = read;
        return read;
    }

    /** Converts the payload to a type of the handler. */
    <T> T payload(Type type) {
        return replaced ? reader.payload(payload(), type) : reader.payload(run.assignment.payload(), type);
    }

    /** Replaces the payload by an interceptor's. */
    void replace(Map<String, Object> other, int maxBytes) {
        reader.requirePayload(other, maxBytes);
        payload = Collections.unmodifiableMap(other);
        replaced = true;
    }

    /** Replaces the payload by a migrator's, for the interceptors and the handler. */
    void migrate(String json) {
        payload = reader.object(json);
        replaced = true;
    }

    /** Reads the results of the dependencies from the store, in the order of the specification. */
    Map<JobId, Map<String, Object>> dependencyResults() {
        return dependencyResults((id, result) -> reader.object(result));
    }

    <T> Map<JobId, T> dependencyResults(Type type) {
        return dependencyResults((id, result) -> reader.value("the result of job " + id, result, type));
    }

    private <T> Map<JobId, T> dependencyResults(BiFunction<JobId, String, T> read) {
        Map<JobId, T> results = new LinkedHashMap<>();
        reads.results(reads.dependencies(run.id())).forEach((id, result) -> results.put(id, read.apply(id, result)));
        return results;
    }
}
